module {
  func.func @sample(%arg0: tensor<4xf64>) {
    %0 = "enzymexla.math.softplus"(%arg0) : (tensor<4xf64>) -> tensor<4xf64>
    return
  }
}
