module {
  func.func @sample(%arg0: f64, %arg1: f64, %arg2: f64, %arg3: f64) {
    %0 = "impulse.for"(%arg0, %arg1, %arg2, %arg3) ({
    }) : (f64, f64, f64, f64) -> f64
    return
  }
}
