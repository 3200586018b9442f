// Calls, one in the other.
func.func @f(%a: f64) -> f64 {
  %0 = arith.addf %a, %a : f64 loc(callsite("f" at "main.py":7:8))
  %1 = arith.addf %0, %a : f64 loc(callsite(callsite("g" at "f"("a.py":1:1)) at callsite("main.py":7:8 at unknown)))
  return %1 : f64
}
