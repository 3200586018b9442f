module {
  "perfify.define_symbol"() {sym_name = "n", type = i64} : () -> ()
}
