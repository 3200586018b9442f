// Locations of the arguments of functions and blocks.
func.func @f(%a: f64 loc("first"), %b: i1 loc("model.py":1:2)) -> f64 {
  cf.cond_br %b, ^one(%a : f64), ^two(%a, %a : f64, f64)
^one(%c: f64 loc("one"("model.py":2:2))):
  return %c : f64
^two(%d: f64 loc(callsite("two" at "main")), %e: f64 loc(unknown)):
  return %e : f64
}
