module {
  func.func @sample(%arg0: tensor<4xf4E2M1FN>) {
    %0 = "enzymexla.multi_rotate"(%arg0) {dimension = 1 : i32, left_amount = 1 : i32, right_amount = 1 : i32} : (tensor<4xf4E2M1FN>) -> tensor<4xf4E2M1FN>
    return
  }
}
