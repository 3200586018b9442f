// CHLO in generic form.
func.func @f(%a: tensor<4xf32>) -> tensor<4xf32> {
  %0 = "chlo.tan"(%a) : (tensor<4xf32>) -> tensor<4xf32>
  %1 = "chlo.square"(%0) : (tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
