module {
  func.func @sample(%arg0: tensor<4x6xf64>) {
    %0 = "impulse.reshape"(%arg0) : (tensor<4x6xf64>) -> tensor<24xf64>
    return
  }
}
