module {
  func.func @sample() {
    %0 = "values.functions"() : () -> ((f64) -> i32)
    return
  }
}
