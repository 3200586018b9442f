module {
  func.func @sample(%arg0: tensor<4x6xf64>) {
    %0:3 = "enzymexla.multi_slice"(%arg0) {amount = 2 : i32, dimension = 1 : i32, limit_indices = array<i64: 4, 3>, start_indices = array<i64: 0, 0>, strides = array<i64: 1, 1>} : (tensor<4x6xf64>) -> (tensor<4x3xf64>, tensor<4x3xf64>, tensor<4x3xf64>)
    return
  }
}
