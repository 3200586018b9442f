module {
  func.func private @name()
  func.func @sample(%arg0: f64) {
    %0 = "enzymexla.jit_call"(%arg0) {fn = @name} : (f64) -> f64
    return
  }
}
