module {
  "enzymexla_tt_ext.module"() ({
  ^bb0:
  }) {sym_name = "symbol"} : () -> ()
}
