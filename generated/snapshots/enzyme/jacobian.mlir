module {
  func.func @square(%arg0: tensor<2xf64>) -> tensor<2xf64> {
    %0 = arith.mulf %arg0, %arg0 : tensor<2xf64>
    return %0 : tensor<2xf64>
  }
  func.func @sample(%arg0: tensor<2xf64>) {
    %0 = "enzyme.jacobian"(%arg0) {activity = [#enzyme.activity<enzyme_active>], fn = @square, ret_activity = [#enzyme.activity<enzyme_activenoneed>]} : (tensor<2xf64>) -> tensor<2x2xf64>
    return
  }
}
