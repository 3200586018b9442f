// A function with an attribute that releases spell differently.
func.func @f(%a: tensor<4xf32>) -> tensor<4xf32> {
  %0 = "enzymexla.math.gelu"(%a) {gelu_approximation = #enzymexla.gelu_approximation<NONE>} : (tensor<4xf32>) -> tensor<4xf32>
  %1 = "enzymexla.math.gelu"(%0) {gelu_approximation = #enzymexla.gelu_approximation<TANH>} : (tensor<4xf32>) -> tensor<4xf32>
  %2 = "enzymexla.math.gelu"(%1) {gelu_approximation = #enzymexla.gelu_approximation<SIGMOID>} : (tensor<4xf32>) -> tensor<4xf32>
  return %2 : tensor<4xf32>
}
