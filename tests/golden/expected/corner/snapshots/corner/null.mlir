module {
  func.func @sample() {
    %0:2 = "corner.null"() : () -> (f64, index)
    return
  }
}
