// From a line and column to another.
func.func @f(%a: f64) -> f64 {
  %0 = arith.addf %a, %a : f64 loc("model.py":1:2 to :3)
  %1 = arith.addf %0, %a : f64 loc("model.py":1:2 to 3:4)
  return %1 : f64
}
