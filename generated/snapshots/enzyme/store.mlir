module {
  func.func @sample(%arg0: f64, %arg1: memref<4xf64>, %arg2: index) {
    "enzyme.store"(%arg0, %arg1, %arg2) {operandSegmentSizes = array<i32: 1, 1, 1, 0>, static_sizes = array<i64>} : (f64, memref<4xf64>, index) -> ()
    return
  }
}
