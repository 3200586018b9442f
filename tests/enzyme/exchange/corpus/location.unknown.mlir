// No location.
func.func @f(%a: f64) -> f64 {
  %0 = arith.addf %a, %a : f64 loc(unknown)
  return %0 : f64 loc(unknown)
} loc(unknown)
