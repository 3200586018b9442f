module {
  func.func @model(%arg0: tensor<2xui64>, %arg1: tensor<f64>) -> (tensor<2xui64>, tensor<f64>) {
    return %arg0, %arg1 : tensor<2xui64>, tensor<f64>
  }
  func.func @sample(%arg0: tensor<2xui64>, %arg1: tensor<f64>, %arg2: tensor<1x1xf64>, %arg3: tensor<f64>) {
    %0:8 = "impulse.infer"(%arg0, %arg1, %arg2, %arg3) {all_addresses = [[#impulse.symbol<1>]], fn = @model, nuts_config = #impulse.nuts_config<max_tree_depth = 3>, operandSegmentSizes = array<i32: 2, 1, 0, 1, 0, 0, 0>, selection = [[#impulse.symbol<1>]]} : (tensor<2xui64>, tensor<f64>, tensor<1x1xf64>, tensor<f64>) -> (tensor<1x1xf64>, tensor<1xi1>, tensor<2xui64>, tensor<1x1xf64>, tensor<1x1xf64>, tensor<f64>, tensor<f64>, tensor<1xf64>)
    return
  }
}
