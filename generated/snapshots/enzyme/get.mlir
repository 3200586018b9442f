module {
  func.func @sample(%arg0: !enzyme.Gradient<f64>) {
    %0 = "enzyme.get"(%arg0) : (!enzyme.Gradient<f64>) -> f64
    return
  }
}
