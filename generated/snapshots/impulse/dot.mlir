module {
  func.func @sample(%arg0: tensor<4x3xf64>, %arg1: tensor<3x2xf64>) {
    %0 = "impulse.dot"(%arg0, %arg1) {lhs_batching_dimensions = array<i64>, lhs_contracting_dimensions = array<i64: 1>, rhs_batching_dimensions = array<i64>, rhs_contracting_dimensions = array<i64: 0>} : (tensor<4x3xf64>, tensor<3x2xf64>) -> tensor<4x2xf64>
    return
  }
}
