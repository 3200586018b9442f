// An operation of a dialect that nobody knows.
func.func @f(%x: f64) -> f64 {
  %0 = "unknown.operation"(%x) {a = 1} : (f64) -> f64
  return %0 : f64
}
