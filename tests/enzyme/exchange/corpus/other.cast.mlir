// Casts between types that have nothing in common.
func.func @f(%x: f64, %m: memref<4xf32>) -> (!llvm.ptr, i64) {
  %0:2 = builtin.unrealized_conversion_cast %x, %m : f64, memref<4xf32> to !llvm.ptr, i64
  return %0#0, %0#1 : !llvm.ptr, i64
}
