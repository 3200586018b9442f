// A location that looks like the ones that are made inside, or like syntax.
func.func @f(%a: f64) -> f64 {
  %0 = arith.addf %a, %a : f64 loc("operation of the caller":0:0)
  %1 = arith.addf %0, %a : f64 loc("loc(\22x\22)")
  %2 = arith.addf %1, %a : f64 loc("<{a = 1}>")
  %3 = arith.addf %2, %a {text = "loc(\22operation of the caller\22:1:0)"} : f64
  return %3 : f64
}
