// Placeholders, dumps, what is ignored.
func.func @f(%x: f64, %t: tensor<2xf32>) -> f64 {
  %0 = "enzyme.placeholder"() : () -> f64
  %1 = "enzyme.dump"(%x) {label = "a \22b\22\0A -> %0 <{"} : (f64) -> f64
  %2 = "enzyme.ignore_derivatives"(%1) : (f64) -> f64
  %3 = "enzyme.ignore_derivatives"(%t) : (tensor<2xf32>) -> tensor<2xf32>
  return %2 : f64
}
