module {
  func.func @sample(%arg0: tensor<4xf64>, %arg1: tensor<4xf64>) {
    %0 = "impulse.dynamic_slice"(%arg0, %arg1) {slice_sizes = array<i64: 1>} : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
    return
  }
}
