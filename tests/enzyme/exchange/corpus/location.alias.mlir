// Locations through aliases.
#file = loc("model.py":1:2)
#call = loc(callsite("f"(#file) at #file))
func.func @f(%a: f64 loc(#file)) -> f64 {
  %0 = arith.addf %a, %a : f64 loc(#call)
  return %0 : f64 loc(#file)
} loc(#call)
