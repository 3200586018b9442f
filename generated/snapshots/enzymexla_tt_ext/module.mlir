module {
  func.func @sample() {
    "enzymexla_tt_ext.module"() ({
    }) {sym_name = "name"} : () -> ()
    return
  }
}
