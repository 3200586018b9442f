// More of complex numbers.
func.func @f(%a: f64, %b: f64) -> f64 {
  %0 = complex.create %a, %b : complex<f64>
  %1 = complex.abs %0 : complex<f64>
  %2 = complex.re %0 : complex<f64>
  %3 = complex.add %0, %0 : complex<f64>
  %4 = complex.sqrt %3 fastmath<fast> : complex<f64>
  return %1 : f64
}
