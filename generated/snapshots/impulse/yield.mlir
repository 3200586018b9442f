module {
  func.func @sample(%arg0: f64, %arg1: f64, %arg2: f64, %arg3: f64) {
    %0 = "impulse.for"(%arg0, %arg1, %arg2, %arg3) ({
    ^bb0(%arg4: f64):
      "impulse.yield"(%arg4) : (f64) -> ()
    }) : (f64, f64, f64, f64) -> f64
    return
  }
}
