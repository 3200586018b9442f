module {
  func.func @sample(%arg0: f64) {
    %0 = "enzymexla.math.tgamma"(%arg0) : (f64) -> f64
    return
  }
}
