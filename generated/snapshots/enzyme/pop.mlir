module {
  func.func @sample(%arg0: !enzyme.Cache<f64>) {
    %0 = "enzyme.pop"(%arg0) : (!enzyme.Cache<f64>) -> f64
    return
  }
}
