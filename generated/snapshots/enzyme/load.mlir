module {
  func.func @sample(%arg0: memref<4xf64>, %arg1: index) {
    %0 = "enzyme.load"(%arg0, %arg1) {operandSegmentSizes = array<i32: 1, 1, 0>, static_sizes = array<i64>} : (memref<4xf64>, index) -> f64
    return
  }
}
