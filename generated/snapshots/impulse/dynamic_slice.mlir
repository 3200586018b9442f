module {
  func.func @sample(%arg0: tensor<4x6xf64>, %arg1: tensor<i64>, %arg2: tensor<i64>) {
    %0 = "impulse.dynamic_slice"(%arg0, %arg1, %arg2) {slice_sizes = array<i64: 2, 3>} : (tensor<4x6xf64>, tensor<i64>, tensor<i64>) -> tensor<2x3xf64>
    return
  }
}
