module {
  func.func @sample() {
    %0 = "enzyme.init"() : () -> !enzyme.Gradient<f64>
    return
  }
}
