// Calls, declarations, attributes of functions, a function without body in between.
func.func private @declared(f64) -> (f64, f64)
func.func @recursive(%a: f64) -> f64 attributes {no_inline} {
  %0:2 = call @declared(%a) : (f64) -> (f64, f64)
  %1 = call @recursive(%0#1) : (f64) -> f64
  return %1 : f64
}
