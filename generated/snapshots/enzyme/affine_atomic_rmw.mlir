module {
  func.func @sample(%arg0: f64, %arg1: memref<4xf64>, %arg2: index) {
    %0 = "enzyme.affine_atomic_rmw"(%arg0, %arg1, %arg2) {kind = 0 : i64, map = affine_map<(d0) -> (d0)>, ordering = 2 : i32} : (f64, memref<4xf64>, index) -> f64
    return
  }
}
