// Lines and columns, in names with quotes, spaces and letters beyond ASCII.
func.func @f(%a: f64) -> f64 {
  %0 = arith.addf %a, %a : f64 loc("model.py":1:2)
  %1 = arith.addf %0, %a : f64 loc("a \22b\22\\größe.py":4294967295:0)
  return %1 : f64 loc("":0:0)
}
