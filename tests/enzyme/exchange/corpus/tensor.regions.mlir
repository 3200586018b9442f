// Tensors that are computed by regions.
func.func @f(%t: tensor<4xf32>, %n: index) -> tensor<?xf32> {
  %0 = tensor.generate %n {
  ^bb0(%i: index):
    %c = arith.constant 1.0 : f32
    tensor.yield %c : f32
  } : tensor<?xf32>
  %1 = tensor.pad %t low[1] high[%n] {
  ^bb0(%i: index):
    %c = arith.constant 0.0 : f32
    tensor.yield %c : f32
  } : tensor<4xf32> to tensor<?xf32>
  return %1 : tensor<?xf32>
}
