module {
  func.func @sample(%arg0: f64) {
    %0 = "enzymexla.scope"(%arg0) ({
    ^bb0:
    }) : (f64) -> f64
    return
  }
}
