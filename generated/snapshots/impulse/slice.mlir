module {
  func.func @sample(%arg0: tensor<4x6xf64>) {
    %0 = "impulse.slice"(%arg0) {limit_indices = array<i64: 2, 4>, start_indices = array<i64: 0, 1>, strides = array<i64: 1, 1>} : (tensor<4x6xf64>) -> tensor<2x3xf64>
    return
  }
}
