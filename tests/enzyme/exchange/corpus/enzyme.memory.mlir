// Loads, stores and clearing of memory.
func.func @f(%m: memref<4x4xf64>, %i: index) {
  %0 = "enzyme.load"(%m, %i, %i) {operandSegmentSizes = array<i32: 1, 2, 0>, static_sizes = array<i64>} : (memref<4x4xf64>, index, index) -> f64
  %1 = "enzyme.load"(%m, %i, %i, %i) {operandSegmentSizes = array<i32: 1, 2, 1>, static_sizes = array<i64: 4, -9223372036854775808>} : (memref<4x4xf64>, index, index, index) -> f64
  "enzyme.store"(%0, %m, %i, %i) {operandSegmentSizes = array<i32: 1, 1, 2, 0>, static_sizes = array<i64>} : (f64, memref<4x4xf64>, index, index) -> ()
  "enzyme.fill_zero"(%m) : (memref<4x4xf64>) -> ()
  return
}
