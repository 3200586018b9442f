module {
  func.func @sample(%arg0: f64) {
    %0 = "enzymexla.stream2token"(%arg0) : (f64) -> f64
    return
  }
}
