module {
  func.func @sample(%arg0: f64, %arg1: f64) {
    %0 = "toy.same"(%arg0, %arg1) : (f64, f64) -> f64
    return
  }
}
