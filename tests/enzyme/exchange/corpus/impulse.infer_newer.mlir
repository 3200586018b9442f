// Inference in the form of 0.0.15 and 0.0.16, which has nine results.
func.func private @model(tensor<2xui64>) -> (tensor<2xui64>, tensor<f64>)
func.func @f(%s: tensor<2xui64>, %t: tensor<1x1xf64>) -> tensor<1x1xf64> {
  %0:9 = "impulse.infer"(%s, %t) {all_addresses = [[#impulse.symbol<1>]], fn = @model, hmc_config = #impulse.hmc_config<trajectory_length = 1.000000e+00 : f64>, name = "",
    num_samples = 10 : i64, num_warmup = 5 : i64, operandSegmentSizes = array<i32: 2, 0, 0, 0, 0, 0, 0, 0, 0>, selection = [[#impulse.symbol<1>]], thinning = 1 : i64} : (tensor<2xui64>, tensor<1x1xf64>)
    -> (tensor<10x1xf64>, tensor<10xi1>, tensor<2xui64>, tensor<1x1xf64>, tensor<1x1xf64>, tensor<f64>, tensor<f64>, tensor<1xf64>, tensor<1xf64>)
  return %t : tensor<1x1xf64>
}
