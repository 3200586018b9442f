module {
  func.func @model(%arg0: tensor<2xui64>, %arg1: tensor<f64>) -> (tensor<2xui64>, tensor<f64>) {
    return %arg0, %arg1 : tensor<2xui64>, tensor<f64>
  }
  func.func @sample(%arg0: tensor<2xui64>, %arg1: tensor<f64>, %arg2: tensor<1x1xf64>) {
    %0:4 = "impulse.generate"(%arg0, %arg1, %arg2) {constrained_addresses = [[#impulse.symbol<1>]], fn = @model, selection = [[#impulse.symbol<1>]]} : (tensor<2xui64>, tensor<f64>, tensor<1x1xf64>) -> (tensor<1x1xf64>, tensor<f64>, tensor<2xui64>, tensor<f64>)
    return
  }
}
