// Operations that make and take apart tensors.
func.func @f(%t: tensor<4x4xf32>, %i: index, %x: f32) -> tensor<?xf32> {
  %0 = tensor.extract %t[%i, %i] : tensor<4x4xf32>
  %1 = tensor.insert %x into %t[%i, %i] : tensor<4x4xf32>
  %2 = tensor.empty(%i) : tensor<?xf32>
  %3 = tensor.extract_slice %t[0, %i] [2, 2] [1, 1] : tensor<4x4xf32> to tensor<2x2xf32>
  %4 = tensor.insert_slice %3 into %1[0, 0] [2, 2] [1, 1] : tensor<2x2xf32> into tensor<4x4xf32>
  %5 = tensor.collapse_shape %4 [[0, 1]] : tensor<4x4xf32> into tensor<16xf32>
  %6 = tensor.cast %5 : tensor<16xf32> to tensor<?xf32>
  %7 = tensor.from_elements %x, %x : tensor<2xf32>
  %8 = tensor.splat %x : tensor<3xf32>
  return %6 : tensor<?xf32>
}
