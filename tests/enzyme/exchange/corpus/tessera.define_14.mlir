// A definition with a call, in the form of 0.0.14.
"tessera.define"() ({
^bb0(%a: f64):
  "tessera.return"(%a) : (f64) -> ()
}) {argSizes = array<i64: 8>, byRefArgs = array<i1: false>, function_type = (f64) -> f64, pure = true, sym_name = "inv"} : () -> ()
func.func @f(%x: f64) -> f64 {
  %0 = "tessera.call"(%x) {callee = @inv} : (f64) -> f64
  return %0 : f64
}
