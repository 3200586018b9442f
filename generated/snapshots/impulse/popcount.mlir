module {
  func.func @sample(%arg0: tensor<4xi64>) {
    %0 = "impulse.popcount"(%arg0) : (tensor<4xi64>) -> tensor<4xi64>
    return
  }
}
