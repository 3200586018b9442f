module {
  func.func @sample(%arg0: tensor<4x4xf64>, %arg1: tensor<4x3xf64>, %arg2: tensor<f64>) {
    %0 = "enzymexla.blas.trmm"(%arg0, %arg1, %arg2) {side = #enzymexla.side<left>, transpose = #enzymexla.transpose<none>, uplo = #enzymexla.uplo<U>} : (tensor<4x4xf64>, tensor<4x3xf64>, tensor<f64>) -> tensor<4x3xf64>
    return
  }
}
