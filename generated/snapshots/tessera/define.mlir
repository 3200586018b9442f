module {
  func.func @sample() {
    "tessera.define"() ({
    }) {byRefTypes = [], function_type = () -> (), pure = true, sym_name = "name"} : () -> ()
    return
  }
}
