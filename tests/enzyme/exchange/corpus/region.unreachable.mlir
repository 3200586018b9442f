// Blocks that nothing leads to, and values that are used before the text says what they are.
func.func @f(%a: f64) -> f64 {
  cf.br ^second
^first:
  return %0 : f64
^second:
  %0 = arith.addf %a, %a : f64
  cf.br ^first
^never(%b: f64):
  cf.br ^never(%b : f64)
}
