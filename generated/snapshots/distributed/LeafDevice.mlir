module {
  "distributed.LeafDevice"() {sym_name = "name"} : () -> ()
}
