module {
  func.func @sample(%arg0: tensor<4x3xf64>, %arg1: tensor<3xf64>) {
    %0 = "enzymexla.lapack.orgqr"(%arg0, %arg1) : (tensor<4x3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
    return
  }
}
