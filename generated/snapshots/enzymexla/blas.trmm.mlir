module {
  func.func @sample(%arg0: tensor<4xf4E2M1FN>, %arg1: tensor<4xf4E2M1FN>, %arg2: tensor<4xf64>) {
    %0 = "enzymexla.blas.trmm"(%arg0, %arg1, %arg2) {side = #enzymexla.side<left>, transpose = #enzymexla.transpose<none>, uplo = #enzymexla.uplo<U>} : (tensor<4xf4E2M1FN>, tensor<4xf4E2M1FN>, tensor<4xf64>) -> tensor<4xf4E2M1FN>
    return
  }
}
