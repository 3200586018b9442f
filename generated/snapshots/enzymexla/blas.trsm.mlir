module {
  func.func @sample(%arg0: tensor<f64>, %arg1: tensor<4x4xf64>, %arg2: tensor<4x3xf64>) {
    %0 = "enzymexla.blas.trsm"(%arg0, %arg1, %arg2) {side = #enzymexla.side<left>, transa = #enzymexla.transpose<none>, uplo = #enzymexla.uplo<U>} : (tensor<f64>, tensor<4x4xf64>, tensor<4x3xf64>) -> tensor<4x3xf64>
    return
  }
}
