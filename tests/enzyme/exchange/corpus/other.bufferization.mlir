// Between tensors and memory.
func.func @f(%m: memref<4xf32>) -> tensor<4xf32> {
  %0 = bufferization.to_tensor %m restrict writable : memref<4xf32> to tensor<4xf32>
  %1 = bufferization.alloc_tensor() : tensor<4xf32>
  return %0 : tensor<4xf32>
}
