module {
  func.func @sample(%arg0: tensor<4xf64>, %arg1: tensor<4xf64>) {
    %0 = "impulse.dot"(%arg0, %arg1) {lhs_batching_dimensions = array<i64: 1>, lhs_contracting_dimensions = array<i64: 1>, rhs_batching_dimensions = array<i64: 1>, rhs_contracting_dimensions = array<i64: 1>} : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
    return
  }
}
