module {
  func.func @sample(%arg0: tensor<4xf64>) {
    %0 = "enzymexla.math.relu"(%arg0) : (tensor<4xf64>) -> tensor<4xf64>
    return
  }
}
