module {
  func.func @sample(%arg0: f64) {
    %0 = "impulse.dump"(%arg0) {label = "name"} : (f64) -> f64
    return
  }
}
