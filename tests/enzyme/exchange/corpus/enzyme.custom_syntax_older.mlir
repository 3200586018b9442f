// Reverse mode in Enzyme's own syntax, as releases before 0.0.16 print it.
func.func @f(%x: f64) -> f64 {
  return %x : f64
}
func.func @g(%x: f64, %dr: f64) -> f64 {
  %0 = enzyme.autodiff @f(%x, %dr) {activity = [#enzyme<activity enzyme_active>], ret_activity = [#enzyme<activity enzyme_activenoneed>]} : (f64, f64) -> f64
  return %0 : f64
}
