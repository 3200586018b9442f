module {
  func.func @sample(%arg0: tensor<4xf4E2M1FN>, %arg1: tensor<4xf4E2M1FN>, %arg2: tensor<4xf4E2M1FN>) {
    %0 = "enzymexla.lapack.ormqr"(%arg0, %arg1, %arg2) {side = #enzymexla.side<left>} : (tensor<4xf4E2M1FN>, tensor<4xf4E2M1FN>, tensor<4xf4E2M1FN>) -> tensor<4xf4E2M1FN>
    return
  }
}
