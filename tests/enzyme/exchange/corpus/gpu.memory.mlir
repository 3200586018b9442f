// Memory of a device, and tokens.
func.func @f(%n: index, %m: memref<?xf32>) {
  %0 = gpu.wait async
  %1, %2 = gpu.alloc async [%0] (%n) : memref<?xf32, 1>
  %3 = gpu.memcpy async [%2] %m, %m : memref<?xf32>, memref<?xf32>
  gpu.wait [%3]
  return
}
