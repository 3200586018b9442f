module {
  func.func @sample(%arg0: f64) {
    %0:8 = "impulse.infer"(%arg0) {all_addresses = [[#impulse.symbol<1>]], operandSegmentSizes = array<i32: 1, 0, 0, 0, 0, 0, 0>, selection = [[#impulse.symbol<1>]]} : (f64) -> (tensor<4xf64>, tensor<4xf64>, f64, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
    return
  }
}
