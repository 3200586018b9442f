// Regions with results, and one with operands.
func.func @f(%x: tensor<f64>) -> tensor<f64> {
  %0 = "enzymexla.comm_region"() ({
    "stablehlo.return"(%x) : (tensor<f64>) -> ()
  }) : () -> tensor<f64>
  "enzymexla.scope"(%0) ({
  ^bb0(%a: tensor<f64>):
    "enzymexla.polygeist_yield"() : () -> ()
  }) : (tensor<f64>) -> ()
  return %0 : tensor<f64>
}
