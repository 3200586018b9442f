module {
  func.func @sample() {
    "rules.container"() ({
    ^bb0:
    }) {sym_name = "symbol"} : () -> ()
    return
  }
}
