module {
  func.func @sample(%arg0: tensor<4xf4E2M1FN>) {
    %0:4 = "enzymexla.lapack.gesvd"(%arg0) : (tensor<4xf4E2M1FN>) -> (tensor<4xf4E2M1FN>, tensor<4xf4E2M1FN>, tensor<4xf4E2M1FN>, tensor<4xf4E2M1FN>)
    return
  }
}
