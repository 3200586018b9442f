module {
  func.func private @name()
  func.func @sample(%arg0: f64, %arg1: tensor<4xf64>) {
    %0:3 = "impulse.generate"(%arg0, %arg1) {constrained_addresses = [[#impulse.symbol<1>]], fn = @name, selection = [[#impulse.symbol<1>]]} : (f64, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, f64)
    return
  }
}
