module {
  func.func @sample(%arg0: tensor<4x4xf64>) {
    %0:4 = "enzymexla.linalg.lu"(%arg0) : (tensor<4x4xf64>) -> (tensor<4x4xf64>, tensor<4xi32>, tensor<4xi32>, tensor<i32>)
    return
  }
}
