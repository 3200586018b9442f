module {
  func.func @sample(%arg0: tensor<4x4xf64>, %arg1: tensor<4xi32>) {
    %0 = "enzymexla.lapack.getri"(%arg0, %arg1) : (tensor<4x4xf64>, tensor<4xi32>) -> tensor<4x4xf64>
    return
  }
}
