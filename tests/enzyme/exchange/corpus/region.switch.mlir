// A branch to many blocks.
func.func @f(%flag: i32, %a: f64, %b: f64) -> f64 {
  cf.switch %flag : i32, [
    default: ^end(%a : f64),
    -1: ^end(%b : f64),
    7: ^other(%a, %b : f64, f64)
  ]
^other(%x: f64, %y: f64):
  %0 = arith.addf %x, %y : f64
  cf.br ^end(%0 : f64)
^end(%r: f64):
  return %r : f64
}
