// Probabilistic programs: sampling, simulation, generation.
func.func private @model(tensor<f64>) -> tensor<f64>
func.func private @density(tensor<f64>, tensor<f64>) -> tensor<f64>
func.func @f(%x: tensor<f64>, %t: tensor<1x1xf64>) -> tensor<f64> {
  %0 = "impulse.sample"(%x) {fn = @model, logpdf = @density, name = "a \22b\22", support = #impulse.support<POSITIVE>, symbol = #impulse.symbol<1>} : (tensor<f64>) -> tensor<f64>
  %1:3 = "impulse.simulate"(%x) {fn = @model, name = "", selection = [[#impulse.symbol<1>], [#impulse.symbol<2>, #impulse.symbol<3>]]} : (tensor<f64>) -> (tensor<1x1xf64>, tensor<f64>, tensor<f64>)
  %2:3 = "impulse.generate"(%x, %t) {constrained_addresses = [[#impulse.symbol<1>]], fn = @model, name = "", selection = [[#impulse.symbol<18446744073709551615>]]} : (tensor<f64>, tensor<1x1xf64>) -> (tensor<1x1xf64>, tensor<f64>, tensor<f64>)
  %3:3 = "impulse.regenerate"(%x, %t) {fn = @model, name = "", regenerate_addresses = [[#impulse.symbol<1>]], selection = []} : (tensor<f64>, tensor<1x1xf64>) -> (tensor<1x1xf64>, tensor<f64>, tensor<f64>)
  %4:4 = "impulse.mh"(%t, %x, %x) {fn = @model, name = "", regenerate_addresses = [[#impulse.symbol<1>]], selection = [[]]} : (tensor<1x1xf64>, tensor<f64>, tensor<f64>) -> (tensor<1x1xf64>, tensor<f64>, tensor<i1>, tensor<f64>)
  %5 = "impulse.untracedCall"(%x) {fn = @model, name = "x"} : (tensor<f64>) -> tensor<f64>
  return %5 : tensor<f64>
}
