module {
  func.func @sample() {
    %0:2 = "values.more_functions"() : () -> (() -> (), (f64) -> (i32, f64))
    return
  }
}
