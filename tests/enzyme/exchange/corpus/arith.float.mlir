// Every kind of arithmetic on floating point numbers.
func.func @f(%a: f64, %b: f64, %t: tensor<2x?xf32>) -> f64 {
  %0 = arith.subf %a, %b : f64
  %1 = arith.divf %0, %b : f64
  %2 = arith.remf %1, %a : f64
  %3 = arith.negf %2 : f64
  %4 = arith.maximumf %3, %a : f64
  %5 = arith.minnumf %4, %a : f64
  %6 = arith.cmpf une, %5, %a : f64
  %7 = arith.fptosi %5 : f64 to i32
  %8 = arith.uitofp %7 : i32 to f16
  %9 = arith.bitcast %a : f64 to i64
  %10 = arith.mulf %t, %t : tensor<2x?xf32>
  %11 = arith.extf %8 : f16 to f64
  return %11 : f64
}
