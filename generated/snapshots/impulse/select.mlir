module {
  func.func @sample(%arg0: tensor<4xi1>, %arg1: tensor<4xf64>, %arg2: tensor<4xf64>) {
    %0 = "impulse.select"(%arg0, %arg1, %arg2) : (tensor<4xi1>, tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
    return
  }
}
