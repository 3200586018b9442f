module {
  "tessera.define"() ({
  }) {byRefTypes = [unit], function_type = (f64) -> f64, pure = true, sym_name = "inv", sym_visibility = "private"} : () -> ()
  func.func @sample(%arg0: f64) {
    %0 = "tessera.call"(%arg0) {callee = @inv} : (f64) -> f64
    return
  }
}
