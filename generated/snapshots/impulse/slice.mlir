module {
  func.func @sample(%arg0: tensor<4xf64>) {
    %0 = "impulse.slice"(%arg0) {limit_indices = array<i64: 1>, start_indices = array<i64: 1>, strides = array<i64: 1>} : (tensor<4xf64>) -> tensor<4xf64>
    return
  }
}
