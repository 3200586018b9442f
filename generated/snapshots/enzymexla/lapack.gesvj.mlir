module {
  func.func @sample(%arg0: tensor<4xf64>) {
    %0:4 = "enzymexla.lapack.gesvj"(%arg0) : (tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
    return
  }
}
