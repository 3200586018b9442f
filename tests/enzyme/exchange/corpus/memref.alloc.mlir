// Memory with an alignment, dynamic sizes and symbols of a layout.
func.func @f(%n: index) {
  %0 = memref.alloc() {alignment = 64 : i64} : memref<4xf64>
  %1 = memref.alloc(%n) : memref<?x2xf32>
  %2 = memref.alloca() {alignment = 8 : i64} : memref<4xi8>
  %3 = memref.alloc(%n)[%n] : memref<?xf64, affine_map<(d0)[s0] -> (d0 + s0)>>
  memref.dealloc %0 : memref<4xf64>
  return
}
