module {
  func.func @sample(%arg0: index) {
    "enzymexla.barrier"(%arg0) : (index) -> ()
    return
  }
}
