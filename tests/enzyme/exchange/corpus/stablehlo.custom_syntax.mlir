// StableHLO in its own syntax, which only some hosts read.
func.func @f(%a: tensor<2x4xf32>, %b: tensor<4x2xf32>) -> tensor<2x2xf32> {
  %c = stablehlo.constant dense<1.0> : tensor<2x4xf32>
  %0 = stablehlo.multiply %a, %c : tensor<2x4xf32>
  %1 = stablehlo.dot_general %0, %b, contracting_dims = [1] x [0], precision = [HIGH, DEFAULT] : (tensor<2x4xf32>, tensor<4x2xf32>) -> tensor<2x2xf32>
  %2 = stablehlo.transpose %1, dims = [1, 0] : (tensor<2x2xf32>) -> tensor<2x2xf32>
  return %2 : tensor<2x2xf32>
}
