module {
  "tessera.define"() ({
    "tessera.return"() : () -> ()
  }) {byRefTypes = [], function_type = () -> (), pure = true, sym_name = "inv"} : () -> ()
}
