// Operations with many results, some of them used.
func.func private @many() -> (f64, i1, tensor<2xf32>)
func.func @f() -> (tensor<2xf32>, f64) {
  %0:3 = call @many() : () -> (f64, i1, tensor<2xf32>)
  %1:2 = scf.if %0#1 -> (f64, f64) {
    scf.yield %0#0, %0#0 : f64, f64
  } else {
    %c = arith.constant 1.0 : f64
    scf.yield %c, %0#0 : f64, f64
  }
  return %0#2, %1#1 : tensor<2xf32>, f64
}
