// Gradients: init, set, get, of several types.
func.func @f(%x: f64, %v: vector<4xf32>) -> f64 {
  %0 = "enzyme.init"() : () -> !enzyme.Gradient<f64>
  "enzyme.set"(%0, %x) : (!enzyme.Gradient<f64>, f64) -> ()
  %1 = "enzyme.get"(%0) : (!enzyme.Gradient<f64>) -> f64
  %2 = "enzyme.init"() : () -> !enzyme.Gradient<vector<4xf32>>
  "enzyme.set"(%2, %v) : (!enzyme.Gradient<vector<4xf32>>, vector<4xf32>) -> ()
  return %1 : f64
}
