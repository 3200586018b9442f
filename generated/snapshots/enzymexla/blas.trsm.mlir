module {
  func.func @sample(%arg0: tensor<4xf64>, %arg1: tensor<4xf4E2M1FN>, %arg2: tensor<4xf4E2M1FN>) {
    %0 = "enzymexla.blas.trsm"(%arg0, %arg1, %arg2) {side = #enzymexla.side<left>, transa = #enzymexla.transpose<none>, uplo = #enzymexla.uplo<U>} : (tensor<4xf64>, tensor<4xf4E2M1FN>, tensor<4xf4E2M1FN>) -> tensor<4xf4E2M1FN>
    return
  }
}
