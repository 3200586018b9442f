// A function that only the newest release has.
func.func @f(%x: f64, %t: tensor<4xf64>) -> f64 {
  %0 = "enzymexla.math.fmuladd"(%x, %x, %x) : (f64, f64, f64) -> f64
  %1 = "enzymexla.math.fmuladd"(%t, %t, %t) : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  return %0 : f64
}
