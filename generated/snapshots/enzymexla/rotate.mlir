module {
  func.func @sample(%arg0: tensor<4x6xf64>) {
    %0 = "enzymexla.rotate"(%arg0) {amount = 2 : i32, dimension = 1 : i32} : (tensor<4x6xf64>) -> tensor<4x6xf64>
    return
  }
}
