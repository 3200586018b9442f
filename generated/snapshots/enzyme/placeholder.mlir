module {
  func.func @sample() {
    %0 = "enzyme.placeholder"() : () -> f64
    return
  }
}
