module {
  func.func @sample() {
    %0 = "enzymexla.typeAlign"() {source = f64} : () -> index
    return
  }
}
