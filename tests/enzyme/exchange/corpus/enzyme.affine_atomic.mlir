// An atomic update at a place of a map, as 0.0.16 has it.
func.func @f(%x: f64, %m: memref<4x4xf64>, %i: index) -> f64 {
  %0 = "enzyme.affine_atomic_rmw"(%x, %m, %i, %i) {alignment = 8 : i64, fastmath = #arith.fastmath<fast>, kind = 0 : i64, map = affine_map<(d0, d1) -> (d0, d1 + 1)>,
    ordering = 2 : i32} : (f64, memref<4x4xf64>, index, index) -> f64
  return %0 : f64
}
