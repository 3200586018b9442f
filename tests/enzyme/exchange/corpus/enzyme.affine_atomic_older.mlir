// The same as releases before 0.0.16 have it.
func.func @f(%x: f32, %m: memref<2xf32>, %i: index) -> f32 {
  %0 = "enzyme.affine_atomic_rmw"(%x, %m, %i) {kind = 0 : i64, map = affine_map<(d0) -> (d0)>} : (f32, memref<2xf32>, index) -> f32
  return %0 : f32
}
