// Random numbers of every distribution.
func.func @f(%s: tensor<2xui64>, %a: tensor<f64>, %b: tensor<f64>, %m: tensor<4xf64>, %v: tensor<4x4xf64>) -> tensor<4xf64> {
  %0:2 = "impulse.random"(%s, %a, %b) {rng_distribution = #impulse.rng_distribution<UNIFORM>} : (tensor<2xui64>, tensor<f64>, tensor<f64>) -> (tensor<2xui64>, tensor<4xf64>)
  %1:2 = "impulse.random"(%0#0, %a, %b) {rng_distribution = #impulse.rng_distribution<NORMAL>} : (tensor<2xui64>, tensor<f64>, tensor<f64>) -> (tensor<2xui64>, tensor<4xf64>)
  %2:2 = "impulse.random"(%1#0, %m, %v) {rng_distribution = #impulse.rng_distribution<MULTINORMAL>} : (tensor<2xui64>, tensor<4xf64>, tensor<4x4xf64>) -> (tensor<2xui64>, tensor<4xf64>)
  %3:2 = "impulse.randomSplit"(%2#0) : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2xui64>)
  return %2#1 : tensor<4xf64>
}
