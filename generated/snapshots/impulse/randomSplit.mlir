module {
  func.func @sample(%arg0: tensor<2xui64>) {
    %0:2 = "impulse.randomSplit"(%arg0) : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2xui64>)
    return
  }
}
