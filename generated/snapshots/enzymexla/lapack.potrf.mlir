module {
  func.func @sample(%arg0: tensor<4xf4E2M1FN>) {
    %0:2 = "enzymexla.lapack.potrf"(%arg0) {uplo = #enzymexla.uplo<U>} : (tensor<4xf4E2M1FN>) -> (tensor<4xf4E2M1FN>, tensor<4xf4E2M1FN>)
    return
  }
}
