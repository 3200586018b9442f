module {
  func.func @sample(%arg0: f64, %arg1: memref<4xf64>, %arg2: index) {
    %0 = "enzyme.atomic_rmw"(%arg0, %arg1, %arg2) {kind = 0 : i64, ordering = 0 : i32} : (f64, memref<4xf64>, index) -> f64
    return
  }
}
