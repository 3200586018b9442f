module {
  func.func @sample(%arg0: tensor<4xf64>) {
    %0:3 = "enzymexla.linalg.qr"(%arg0) : (tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)
    return
  }
}
