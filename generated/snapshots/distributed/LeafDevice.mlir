module {
  "distributed.LeafDevice"() {sym_name = "symbol"} : () -> ()
}
