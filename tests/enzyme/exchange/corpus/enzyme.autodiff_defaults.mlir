// Reverse mode without the attributes that have defaults, as a property and as an attribute.
func.func @"odd name"(%x: f64) -> f64 {
  return %x : f64
}
func.func @g(%x: f64, %dr: f64) -> f64 {
  %0 = "enzyme.autodiff"(%x, %dr) <{activity = [#enzyme.activity<enzyme_active>], fn = @"odd name",
    ret_activity = [#enzyme.activity<enzyme_activenoneed>]}> : (f64, f64) -> f64
  return %0 : f64
}
