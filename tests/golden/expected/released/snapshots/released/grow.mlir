module {
  func.func @sample(%arg0: f64) {
    %0:2 = "released.grow"(%arg0) {operandSegmentSizes = array<i32: 1, 0>} : (f64) -> (f64, f64)
    return
  }
}
