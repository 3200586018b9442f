module {
  func.func @sample(%arg0: !enzyme.Gradient<f64>, %arg1: f64) {
    "enzyme.set"(%arg0, %arg1) : (!enzyme.Gradient<f64>, f64) -> ()
    return
  }
}
