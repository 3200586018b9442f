// A whole Jacobian.
func.func @f(%x: tensor<2xf64>) -> tensor<2xf64> {
  return %x : tensor<2xf64>
}
func.func @g(%x: tensor<2xf64>) -> tensor<2x2xf64> {
  %0 = "enzyme.jacobian"(%x) {activity = [#enzyme.activity<enzyme_active>], fn = @f, ret_activity = [#enzyme.activity<enzyme_activenoneed>],
    strong_zero = false, width = 1 : i64} : (tensor<2xf64>) -> tensor<2x2xf64>
  return %0 : tensor<2x2xf64>
}
