// Several rotations, slices and pads at once.
func.func @f(%a: tensor<4x8xf64>, %z: tensor<f64>) -> tensor<4x8xf64> {
  %0:3 = "enzymexla.multi_rotate"(%a) {dimension = 1 : i32, left_amount = 1 : i32, right_amount = 1 : i32} : (tensor<4x8xf64>) -> (tensor<4x8xf64>, tensor<4x8xf64>, tensor<4x8xf64>)
  %1:2 = "enzymexla.multi_slice"(%a) {amount = 1 : i32, dimension = 1 : i32, limit_indices = array<i64: 4, 6>, start_indices = array<i64: 0, 2>, strides = array<i64: 1, 1>} : (tensor<4x8xf64>) -> (tensor<4x4xf64>, tensor<4x4xf64>)
  return %0#1 : tensor<4x8xf64>
}
