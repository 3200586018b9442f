// Atomic updates and copies.
func.func @f(%m: memref<4xf64>, %i: index, %x: f64) -> f64 {
  %0 = memref.atomic_rmw addf %x, %m[%i] : (f64, memref<4xf64>) -> f64
  %1 = memref.generic_atomic_rmw %m[%i] : memref<4xf64> {
  ^bb0(%a: f64):
    %b = arith.mulf %a, %a : f64
    memref.atomic_yield %b : f64
  }
  %c = memref.alloc() : memref<4xf64>
  memref.copy %m, %c : memref<4xf64> to memref<4xf64>
  memref.prefetch %m[%i], write, locality<1>, data : memref<4xf64>
  return %0 : f64
}
