// Attributes of the dialect arith.
func.func @f(%a: f64, %i: i32) -> f64 {
  %0 = arith.mulf %a, %a fastmath<fast> : f64
  %1 = arith.addf %0, %a fastmath<nnan,contract> : f64
  %2 = arith.addi %i, %i overflow<nsw, nuw> : i32
  %3 = arith.truncf %a : f64 to f32
  %4 = arith.cmpf olt, %1, %a fastmath<ninf> : f64
  return %1 : f64
}
