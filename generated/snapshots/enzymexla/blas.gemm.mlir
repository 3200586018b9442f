module {
  func.func @sample(%arg0: tensor<4xf64>, %arg1: tensor<4xf4E2M1FN>, %arg2: tensor<4xf4E2M1FN>, %arg3: tensor<4xf64>, %arg4: tensor<4xf4E2M1FN>) {
    %0 = "enzymexla.blas.gemm"(%arg0, %arg1, %arg2, %arg3, %arg4) : (tensor<4xf64>, tensor<4xf4E2M1FN>, tensor<4xf4E2M1FN>, tensor<4xf64>, tensor<4xf4E2M1FN>) -> tensor<4xf4E2M1FN>
    return
  }
}
