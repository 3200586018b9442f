module {
  func.func @sample(%arg0: tensor<4xf64>, %arg1: tensor<4xf64>, %arg2: tensor<4xf64>) {
    %0 = "impulse.dynamic_update_slice"(%arg0, %arg1, %arg2) : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
    return
  }
}
