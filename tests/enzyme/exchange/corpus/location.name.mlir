// Names, alone and over another location.
func.func @f(%a: f64) -> f64 {
  %0 = arith.addf %a, %a : f64 loc("sum")
  %1 = arith.addf %0, %a : f64 loc("sum \22of\22 (two)"("model.py":1:2))
  %2 = arith.addf %1, %a : f64 loc("outer"("inner"("model.py":3:4)))
  return %2 : f64
}
