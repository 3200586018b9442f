module {
  func.func @sample(%arg0: tensor<4xf4E2M1FN>) {
    %0 = "enzymexla.math.gelu"(%arg0) {gelu_approximation = #enzymexla.gelu_approximation<NONE>} : (tensor<4xf4E2M1FN>) -> tensor<4xf4E2M1FN>
    return
  }
}
