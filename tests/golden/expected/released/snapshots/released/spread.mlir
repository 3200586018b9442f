module {
  func.func @sample() {
    %0 = "released.spread"() {name = "name"} : () -> f64
    return
  }
}
