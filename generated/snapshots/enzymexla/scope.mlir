module {
  func.func @sample(%arg0: index) {
    "enzymexla.scope"(%arg0) ({
    ^bb0(%arg1: index):
      "enzymexla.polygeist_yield"() : () -> ()
    }) : (index) -> ()
    return
  }
}
