module {
  func.func @sample(%arg0: tensor<4x3xf64>, %arg1: tensor<3x3xf64>, %arg2: tensor<4x2xf64>) {
    %0 = "enzymexla.lapack.gemqrt"(%arg0, %arg1, %arg2) {side = #enzymexla.side<left>} : (tensor<4x3xf64>, tensor<3x3xf64>, tensor<4x2xf64>) -> tensor<4x2xf64>
    return
  }
}
