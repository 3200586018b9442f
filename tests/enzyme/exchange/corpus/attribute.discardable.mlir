// Attributes that no dialect declares, on operations with and without properties.
func.func @f(%a: f64) -> f64 attributes {my.note = "kept"} {
  %0 = arith.addf %a, %a {my.number = 1 : i64, other} : f64
  return {my.end = [1, 2]} %0 : f64
}
