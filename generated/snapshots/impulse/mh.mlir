module {
  func.func private @name()
  func.func @sample(%arg0: tensor<4xf64>, %arg1: tensor<4xf64>, %arg2: f64) {
    %0:4 = "impulse.mh"(%arg0, %arg1, %arg2) {fn = @name, regenerate_addresses = [[#impulse.symbol<1>]], selection = [[#impulse.symbol<1>]]} : (tensor<4xf64>, tensor<4xf64>, f64) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, f64)
    return
  }
}
