module {
  func.func @sample(%arg0: f64, %arg1: f64, %arg2: f64, %arg3: f64, %arg4: f64) {
    %0:2 = "rules.equal"(%arg0, %arg1, %arg2, %arg3, %arg4) : (f64, f64, f64, f64, f64) -> (f32, f64)
    return
  }
}
