module {
  func.func @sample(%arg0: tensor<4x4xf64>, %arg1: tensor<4x2xf64>) {
    %0 = "impulse.triangular_solve"(%arg0, %arg1) : (tensor<4x4xf64>, tensor<4x2xf64>) -> tensor<4x2xf64>
    return
  }
}
