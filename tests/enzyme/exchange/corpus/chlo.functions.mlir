// CHLO: functions that StableHLO does not have.
func.func @f(%a: tensor<4xf32>) -> tensor<4xf32> {
  %0 = chlo.erf %a : tensor<4xf32> -> tensor<4xf32>
  %1 = chlo.lgamma %0 : tensor<4xf32> -> tensor<4xf32>
  %2 = chlo.broadcast_add %0, %1 : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %3, %4 = chlo.top_k(%a, k = 2) : tensor<4xf32> -> (tensor<2xf32>, tensor<2xi32>)
  return %2 : tensor<4xf32>
}
