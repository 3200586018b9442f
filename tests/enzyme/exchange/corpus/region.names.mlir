// Names of values are not kept, and nothing depends on them.
func.func @f(%first: f64, %0: f64) -> f64 {
  %some_long_name = arith.addf %first, %0 : f64
  return %some_long_name : f64
}
