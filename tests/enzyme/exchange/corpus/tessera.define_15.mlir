// A definition with a call, in the form of 0.0.15.
"tessera.define"() ({
^bb0(%a: f64):
  "tessera.return"(%a) : (f64) -> ()
}) {byRefTypes = [unit], function_type = (f64) -> f64, pure = true, sym_name = "inv"} : () -> ()
func.func @f(%x: f64) -> f64 {
  %0 = "tessera.call"(%x) {callee = @inv} : (f64) -> f64
  return %0 : f64
}
