module {
  func.func @sample(%arg0: tensor<4xf64>, %arg1: f64, %arg2: f64) {
    %0 = "impulse.select"(%arg0, %arg1, %arg2) : (tensor<4xf64>, f64, f64) -> f64
    return
  }
}
