// Functions as values.
func.func @f(%g: (f64, index) -> f64, %h: () -> ((i1) -> (i1, i1)), %x: f64, %i: index) -> f64 {
  %0 = call_indirect %g(%x, %i) : (f64, index) -> f64
  %1 = constant @f : ((f64, index) -> f64, () -> ((i1) -> (i1, i1)), f64, index) -> f64
  return %0 : f64
}
