module {
  func.func @sample(%arg0: tensor<f64>, %arg1: tensor<4x3xf64>, %arg2: tensor<3x2xf64>, %arg3: tensor<f64>, %arg4: tensor<4x2xf64>) {
    %0 = "enzymexla.blas.gemm"(%arg0, %arg1, %arg2, %arg3, %arg4) : (tensor<f64>, tensor<4x3xf64>, tensor<3x2xf64>, tensor<f64>, tensor<4x2xf64>) -> tensor<4x2xf64>
    return
  }
}
