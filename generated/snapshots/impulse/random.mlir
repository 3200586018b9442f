module {
  func.func @sample(%arg0: tensor<2xui64>, %arg1: tensor<f64>, %arg2: tensor<f64>) {
    %0:2 = "impulse.random"(%arg0, %arg1, %arg2) {rng_distribution = #impulse.rng_distribution<UNIFORM>} : (tensor<2xui64>, tensor<f64>, tensor<f64>) -> (tensor<2xui64>, tensor<4xf64>)
    return
  }
}
