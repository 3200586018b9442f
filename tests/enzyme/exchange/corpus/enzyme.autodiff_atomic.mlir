// Reverse mode with updates that are atomic.
func.func @f(%x: f64) -> f64 {
  return %x : f64
}
func.func @g(%x: f64, %dr: f64) -> f64 {
  %0 = "enzyme.autodiff"(%x, %dr) {activity = [#enzyme.activity<enzyme_active>], atomic_add = true, fn = @f,
    ret_activity = [#enzyme.activity<enzyme_activenoneed>], strong_zero = true, width = 1 : i64} : (f64, f64) -> f64
  return %0 : f64
}
