module {
  func.func private @name()
  func.func @sample(%arg0: tensor<i64>, %arg1: tensor<i64>, %arg2: tensor<i64>, %arg3: tensor<i64>, %arg4: tensor<i64>, %arg5: tensor<i64>, %arg6: tensor<i64>, %arg7: f64) {
    %0 = "enzymexla.kernel_call"(%arg0, %arg1, %arg2, %arg3, %arg4, %arg5, %arg6, %arg7) {fn = @name, operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1>} : (tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, f64) -> f64
    return
  }
}
