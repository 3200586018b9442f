// Operations of several dialects of the family in one function, with locations and odd symbols.
func.func @"f \22g\22"(%x: f64, %t: tensor<4xf64>) -> tensor<4xf64> {
  %0 = "enzymexla.math.relu"(%t) : (tensor<4xf64>) -> tensor<4xf64> loc("relu")
  %1 = "impulse.logistic"(%0) : (tensor<4xf64>) -> tensor<4xf64> loc(callsite("logistic" at "main.py":1:1))
  %2 = "enzyme.ignore_derivatives"(%1) : (tensor<4xf64>) -> tensor<4xf64> loc(fused<{a = 1}>["x", "y"])
  return %2 : tensor<4xf64>
}
