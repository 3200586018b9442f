// Complex numbers, also of integers, and in tensors.
func.func @f(%a: complex<f32>, %b: tensor<2xcomplex<f64>>, %c: complex<i8>) -> complex<f32> {
  %0 = complex.mul %a, %a : complex<f32>
  %1 = complex.constant [1.0, -2.0] : complex<f64>
  %2 = complex.exp %0 : complex<f32>
  return %2 : complex<f32>
}
