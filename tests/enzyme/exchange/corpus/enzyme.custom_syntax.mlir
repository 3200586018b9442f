// Operations in Enzyme's own syntax without attributes, which is the same in all releases.
func.func @f(%x: f64, %t: tensor<2xf64>) -> f64 {
  %0 = enzyme.ignore_derivatives %x : f64 -> f64
  %1 = enzyme.extract %t[1] : (tensor<2xf64>) -> f64
  return %1 : f64
}
