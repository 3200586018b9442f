// An operation that no release has.
func.func @f(%x: f64) -> f64 {
  %0 = "impulse.dump"(%x) {label = "x"} : (f64) -> f64
  return %0 : f64
}
