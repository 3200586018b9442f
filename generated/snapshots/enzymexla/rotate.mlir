module {
  func.func @sample(%arg0: tensor<4xf4E2M1FN>) {
    %0 = "enzymexla.rotate"(%arg0) {amount = 1 : i32, dimension = 1 : i32} : (tensor<4xf4E2M1FN>) -> tensor<4xf4E2M1FN>
    return
  }
}
