module {
  func.func @sample(%arg0: tensor<4x4xf64>, %arg1: tensor<4x3xf64>, %arg2: tensor<4x3xf64>, %arg3: tensor<f64>, %arg4: tensor<f64>) {
    %0 = "enzymexla.blas.symm"(%arg0, %arg1, %arg2, %arg3, %arg4) {side = #enzymexla.side<left>, uplo = #enzymexla.uplo<U>} : (tensor<4x4xf64>, tensor<4x3xf64>, tensor<4x3xf64>, tensor<f64>, tensor<f64>) -> tensor<4x3xf64>
    return
  }
}
