// Functions that StableHLO does not have.
func.func @f(%a: tensor<4xf64>, %x: f64) -> tensor<4xf64> {
  %0 = "enzymexla.math.cosc"(%a) : (tensor<4xf64>) -> tensor<4xf64>
  %1 = "enzymexla.math.hypot"(%0, %a) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %2 = "enzymexla.math.relu"(%1) : (tensor<4xf64>) -> tensor<4xf64>
  %3 = "enzymexla.math.sinc"(%2) : (tensor<4xf64>) -> tensor<4xf64>
  %4 = "enzymexla.math.softplus"(%3) : (tensor<4xf64>) -> tensor<4xf64>
  %5 = "enzymexla.math.lgamma"(%x) : (f64) -> f64
  %6 = "enzymexla.math.tgamma"(%5) : (f64) -> f64
  return %4 : tensor<4xf64>
}
