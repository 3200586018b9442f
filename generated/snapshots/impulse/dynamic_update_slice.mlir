module {
  func.func @sample(%arg0: tensor<4x6xf64>, %arg1: tensor<2x3xf64>, %arg2: tensor<i64>, %arg3: tensor<i64>) {
    %0 = "impulse.dynamic_update_slice"(%arg0, %arg1, %arg2, %arg3) : (tensor<4x6xf64>, tensor<2x3xf64>, tensor<i64>, tensor<i64>) -> tensor<4x6xf64>
    return
  }
}
