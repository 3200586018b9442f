// A batch of two dimensions.
func.func @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  return %x : tensor<4xf64>
}
func.func @g(%x: tensor<2x3x4xf64>) -> tensor<2x3x4xf64> {
  %0 = "enzyme.batch"(%x) {batch_shape = array<i64: 2, 3>, fn = @f} : (tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
  return %0 : tensor<2x3x4xf64>
}
