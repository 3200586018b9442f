module {
  func.func @sample(%arg0: !perfify.cost) {
    %0 = "perfify.interval"(%arg0) {operandSegmentSizes = array<i32: 1, 0>} : (!perfify.cost) -> !perfify.interval
    return
  }
}
