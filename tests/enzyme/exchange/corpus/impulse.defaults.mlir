// Operations without the attributes that have defaults.
func.func @f(%a: tensor<4x4xf64>) -> tensor<4x4xf64> {
  %0 = "impulse.cholesky"(%a) : (tensor<4x4xf64>) -> tensor<4x4xf64>
  %1 = "impulse.triangular_solve"(%0, %a) : (tensor<4x4xf64>, tensor<4x4xf64>) -> tensor<4x4xf64>
  return %1 : tensor<4x4xf64>
}
