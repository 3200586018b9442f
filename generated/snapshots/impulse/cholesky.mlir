module {
  func.func @sample(%arg0: tensor<4x4xf64>) {
    %0 = "impulse.cholesky"(%arg0) : (tensor<4x4xf64>) -> tensor<4x4xf64>
    return
  }
}
