module {
  func.func @square(%arg0: f64) -> f64 {
    %0 = arith.mulf %arg0, %arg0 : f64
    return %0 : f64
  }
  func.func @sample(%arg0: tensor<3xf64>) {
    %0 = "enzyme.batch"(%arg0) {batch_shape = array<i64: 3>, fn = @square} : (tensor<3xf64>) -> tensor<3xf64>
    return
  }
}
