// Operations on tensors.
func.func @f(%a: tensor<4x4xf64>, %n: tensor<4xi32>, %i: tensor<i64>, %b: tensor<4xf64>) -> tensor<16xf64> {
  %0 = "impulse.cholesky"(%a) {lower = false} : (tensor<4x4xf64>) -> tensor<4x4xf64>
  %1 = "impulse.triangular_solve"(%0, %a) {left_side = true, lower = false, transpose_a = #impulse.transpose<TRANSPOSE>, unit_diagonal = true} : (tensor<4x4xf64>, tensor<4x4xf64>) -> tensor<4x4xf64>
  %2 = "impulse.dot"(%1, %a) {lhs_batching_dimensions = array<i64>, lhs_contracting_dimensions = array<i64: 1>, rhs_batching_dimensions = array<i64>, rhs_contracting_dimensions = array<i64: 0>} : (tensor<4x4xf64>, tensor<4x4xf64>) -> tensor<4x4xf64>
  %3 = "impulse.dynamic_slice"(%2, %i, %i) {slice_sizes = array<i64: 1, 2>} : (tensor<4x4xf64>, tensor<i64>, tensor<i64>) -> tensor<1x2xf64>
  %4 = "impulse.dynamic_update_slice"(%2, %3, %i, %i) : (tensor<4x4xf64>, tensor<1x2xf64>, tensor<i64>, tensor<i64>) -> tensor<4x4xf64>
  %5 = "impulse.log_add_exp"(%b, %b) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %6 = "impulse.logistic"(%5) : (tensor<4xf64>) -> tensor<4xf64>
  %7 = "impulse.popcount"(%n) : (tensor<4xi32>) -> tensor<4xi32>
  %8 = "impulse.slice"(%6) {limit_indices = array<i64: 4>, start_indices = array<i64: 0>, strides = array<i64: 2>} : (tensor<4xf64>) -> tensor<2xf64>
  %9 = "impulse.reshape"(%4) : (tensor<4x4xf64>) -> tensor<16xf64>
  return %9 : tensor<16xf64>
}
