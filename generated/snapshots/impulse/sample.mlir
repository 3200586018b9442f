module {
  func.func @model(%arg0: tensor<2xui64>, %arg1: tensor<f64>) -> (tensor<2xui64>, tensor<f64>) {
    return %arg0, %arg1 : tensor<2xui64>, tensor<f64>
  }
  func.func @sample(%arg0: tensor<2xui64>, %arg1: tensor<f64>) {
    %0:2 = "impulse.sample"(%arg0, %arg1) {fn = @model, symbol = #impulse.symbol<1>} : (tensor<2xui64>, tensor<f64>) -> (tensor<2xui64>, tensor<f64>)
    return
  }
}
