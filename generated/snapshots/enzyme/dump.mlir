module {
  func.func @sample(%arg0: f64) {
    %0 = "enzyme.dump"(%arg0) {label = "x"} : (f64) -> f64
    return
  }
}
