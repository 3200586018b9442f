module {
  func.func @sample(%arg0: index) {
    "enzymexla.noop"(%arg0) : (index) -> ()
    return
  }
}
