// Named structured operations, on tensors and memory.
func.func @f(%a: tensor<2x3xf32>, %b: tensor<3x4xf32>, %c: tensor<2x4xf32>, %m: memref<4xf32>, %x: f32) -> tensor<2x4xf32> {
  %0 = linalg.matmul ins(%a, %b : tensor<2x3xf32>, tensor<3x4xf32>) outs(%c : tensor<2x4xf32>) -> tensor<2x4xf32>
  linalg.fill ins(%x : f32) outs(%m : memref<4xf32>)
  %1 = tensor.empty() : tensor<3x2xf32>
  %2 = linalg.transpose ins(%a : tensor<2x3xf32>) outs(%1 : tensor<3x2xf32>) permutation = [1, 0]
  return %0 : tensor<2x4xf32>
}
