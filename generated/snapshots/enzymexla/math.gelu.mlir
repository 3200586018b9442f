module {
  func.func @sample(%arg0: tensor<4xf64>) {
    %0 = "enzymexla.math.gelu"(%arg0) {gelu_approximation = #enzymexla.gelu_approximation<NONE>} : (tensor<4xf64>) -> tensor<4xf64>
    return
  }
}
