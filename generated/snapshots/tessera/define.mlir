module {
  func.func @sample() {
    "tessera.define"() ({
    }) {byRefTypes = [], function_type = none, pure = true, sym_name = "name"} : () -> ()
    return
  }
}
