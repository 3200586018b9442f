module {
  func.func @sample(%arg0: tensor<4x3xf64>) {
    %0:4 = "enzymexla.lapack.gesvd"(%arg0) : (tensor<4x3xf64>) -> (tensor<4x3xf64>, tensor<3xf64>, tensor<3x3xf64>, tensor<i32>)
    return
  }
}
