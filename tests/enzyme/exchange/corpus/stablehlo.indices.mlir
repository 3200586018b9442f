// StableHLO with attributes of numbers: slices, gathers, pads, sorts.
func.func @f(%a: tensor<4x4xf32>, %i: tensor<2xi32>, %z: tensor<f32>) -> tensor<6x5xf32> {
  %0 = stablehlo.slice %a [0:4:2, 1:3] : (tensor<4x4xf32>) -> tensor<2x2xf32>
  %1 = "stablehlo.gather"(%a, %i) <{dimension_numbers = #stablehlo.gather<offset_dims = [0], collapsed_slice_dims = [0], start_index_map = [0, 1]>, indices_are_sorted = false, slice_sizes = array<i64: 1, 2>}> : (tensor<4x4xf32>, tensor<2xi32>) -> tensor<2xf32>
  %2 = stablehlo.pad %a, %z, low = [1, 0], high = [1, 1], interior = [0, 0] : (tensor<4x4xf32>, tensor<f32>) -> tensor<6x5xf32>
  %3 = stablehlo.iota dim = 1 : tensor<2x3xi64>
  return %2 : tensor<6x5xf32>
}
