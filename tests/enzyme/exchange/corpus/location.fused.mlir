// Several locations, with and without metadata.
func.func @f(%a: f64) -> f64 {
  %0 = arith.addf %a, %a : f64 loc(fused["a", "b.py":1:2])
  %1 = arith.addf %0, %a : f64 loc(fused<"CSE">["a", fused["b", "c"], callsite("d" at "e")])
  %2 = arith.addf %1, %a : f64 loc(fused<{note = [1, "x"], map = affine_map<(d0) -> (d0)>}>["a"])
  return %2 : f64
}
