module {
  func.func @sample(%arg0: tensor<4x4x4xf16>, %arg1: tensor<4x4x4xf16>) {
    %0 = "rules.alike"(%arg0, %arg1) : (tensor<4x4x4xf16>, tensor<4x4x4xf16>) -> tensor<4x4x4xf16>
    return
  }
}
