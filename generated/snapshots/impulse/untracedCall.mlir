module {
  func.func @model(%arg0: tensor<2xui64>, %arg1: tensor<f64>) -> (tensor<2xui64>, tensor<f64>) {
    return %arg0, %arg1 : tensor<2xui64>, tensor<f64>
  }
  func.func @sample(%arg0: tensor<2xui64>, %arg1: tensor<f64>) {
    %0:2 = "impulse.untracedCall"(%arg0, %arg1) {fn = @model} : (tensor<2xui64>, tensor<f64>) -> (tensor<2xui64>, tensor<f64>)
    return
  }
}
