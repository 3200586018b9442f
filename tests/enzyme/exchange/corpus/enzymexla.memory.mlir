// Memory of a device: copies, parts, pointers.
func.func @f(%t: !gpu.async.token, %m: memref<4x4xf64>, %i: index, %x: i8, %p: !llvm.ptr) -> memref<?xf32> {
  "enzymexla.memcpy"(%t, %m, %m, %i) : (!gpu.async.token, memref<4x4xf64>, memref<4x4xf64>, index) -> ()
  %0 = "enzymexla.memcpy"(%t, %m, %m, %i) : (!gpu.async.token, memref<4x4xf64>, memref<4x4xf64>, index) -> !gpu.async.token
  "enzymexla.memcpy2d"(%m, %i, %m, %i, %i, %i) : (memref<4x4xf64>, index, memref<4x4xf64>, index, index, index) -> ()
  "enzymexla.memset"(%0, %m, %x, %i) : (!gpu.async.token, memref<4x4xf64>, i8, index) -> ()
  %1 = "enzymexla.memref2pointer"(%m) : (memref<4x4xf64>) -> !llvm.ptr
  %2 = "enzymexla.pointer2memref"(%1) : (!llvm.ptr) -> memref<?xf32>
  %3 = "enzymexla.subindex"(%m, %i) : (memref<4x4xf64>, index) -> memref<4xf64>
  %4 = "enzymexla.cacheload"(%m, %i, %i) : (memref<4x4xf64>, index, index) -> f64
  return %2 : memref<?xf32>
}
