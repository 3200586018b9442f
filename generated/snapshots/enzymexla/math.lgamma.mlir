module {
  func.func @sample(%arg0: f64) {
    %0 = "enzymexla.math.lgamma"(%arg0) : (f64) -> f64
    return
  }
}
