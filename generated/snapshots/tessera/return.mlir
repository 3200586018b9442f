module {
  func.func @sample() {
    "tessera.define"() ({
    ^bb0(%arg0: f64):
      "tessera.return"(%arg0) : (f64) -> ()
    }) {byRefTypes = [], function_type = () -> (), pure = true, sym_name = "name"} : () -> ()
    return
  }
}
