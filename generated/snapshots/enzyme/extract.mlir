module {
  func.func @sample(%arg0: tensor<2x4xf64>) {
    %0 = "enzyme.extract"(%arg0) {index = 0 : i64} : (tensor<2x4xf64>) -> tensor<4xf64>
    return
  }
}
