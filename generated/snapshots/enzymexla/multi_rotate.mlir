module {
  func.func @sample(%arg0: tensor<4x6xf64>) {
    %0:3 = "enzymexla.multi_rotate"(%arg0) {dimension = 1 : i32, left_amount = 1 : i32, right_amount = 1 : i32} : (tensor<4x6xf64>) -> (tensor<4x6xf64>, tensor<4x6xf64>, tensor<4x6xf64>)
    return
  }
}
