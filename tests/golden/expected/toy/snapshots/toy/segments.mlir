module {
  func.func @sample(%arg0: memref<?xf64>, %arg1: i1, %arg2: index, %arg3: index) {
    %0:2 = "toy.segments"(%arg0, %arg1, %arg2, %arg3) {operandSegmentSizes = array<i32: 1, 1, 2, 0>} : (memref<?xf64>, i1, index, index) -> (f64, index)
    return
  }
}
