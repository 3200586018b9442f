module {
  func.func private @name()
  func.func @sample(%arg0: f64) {
    %0 = "tessera.call"(%arg0) {callee = @name} : (f64) -> f64
    return
  }
}
