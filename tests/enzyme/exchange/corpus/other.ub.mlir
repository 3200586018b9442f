// Values that are no values.
func.func @f() -> f32 {
  %0 = ub.poison : f32
  return %0 : f32
}
