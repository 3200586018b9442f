module {
  func.func @sample() {
    "distributed.LeafDevice"() {sym_name = "name"} : () -> ()
    return
  }
}
