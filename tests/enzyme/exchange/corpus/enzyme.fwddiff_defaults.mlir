// Forward mode without the attributes that have defaults, with others that nobody declares, and a location.
func.func @f(%x: f64) -> f64 {
  return %x : f64
}
func.func @g(%x: f64, %dx: f64) -> f64 {
  %0 = "enzyme.fwddiff"(%x, %dx) {activity = [#enzyme.activity<enzyme_dup>], fn = @f, my.note = "kept",
    ret_activity = [#enzyme.activity<enzyme_dupnoneed>]} : (f64, f64) -> f64 loc("model.py":7:3)
  return %0 : f64
}
