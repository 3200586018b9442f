// Broadcast, concat, extract.
func.func @f(%x: f64, %t: tensor<1x4xf64>) -> tensor<4xf64> {
  %0 = "enzyme.broadcast"(%x) {shape = array<i64: 4>} : (f64) -> tensor<4xf64>
  %1 = "enzyme.concat"(%t, %t) : (tensor<1x4xf64>, tensor<1x4xf64>) -> tensor<2x4xf64>
  %2 = "enzyme.extract"(%1) {index = 1 : i64} : (tensor<2x4xf64>) -> tensor<4xf64>
  return %2 : tensor<4xf64>
}
