module {
  func.func @model(%arg0: tensor<2xui64>, %arg1: tensor<f64>) -> (tensor<2xui64>, tensor<f64>) {
    return %arg0, %arg1 : tensor<2xui64>, tensor<f64>
  }
  func.func @sample(%arg0: tensor<1x1xf64>, %arg1: tensor<f64>, %arg2: tensor<2xui64>, %arg3: tensor<f64>) {
    %0:4 = "impulse.mh"(%arg0, %arg1, %arg2, %arg3) {fn = @model, regenerate_addresses = [[#impulse.symbol<1>]], selection = [[#impulse.symbol<1>]]} : (tensor<1x1xf64>, tensor<f64>, tensor<2xui64>, tensor<f64>) -> (tensor<1x1xf64>, tensor<f64>, tensor<i1>, tensor<2xui64>)
    return
  }
}
