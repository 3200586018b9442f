module {
  func.func @sample() {
    "enzymexla.polygeist_yield"() : () -> ()
    return
  }
}
