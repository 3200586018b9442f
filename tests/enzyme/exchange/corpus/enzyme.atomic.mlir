// Atomic updates of several kinds and orders.
func.func @f(%x: f64, %m: memref<4xf64>, %i: index) -> f64 {
  %0 = "enzyme.atomic_rmw"(%x, %m, %i) {alignment = 16 : i64, fastmath = #arith.fastmath<nnan>, kind = 0 : i64, ordering = 6 : i32} : (f64, memref<4xf64>, index) -> f64
  %1 = "enzyme.atomic_rmw"(%0, %m, %i) {fastmath = #arith.fastmath<none>, kind = 4 : i64, ordering = 0 : i32} : (f64, memref<4xf64>, index) -> f64
  return %1 : f64
}
