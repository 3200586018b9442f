module {
  func.func @sample(%arg0: tensor<4xi64>, %arg1: tensor<4xi64>, %arg2: tensor<4xi64>, %arg3: tensor<4xi64>, %arg4: tensor<4xi64>, %arg5: tensor<4xi64>, %arg6: f64) {
    %0 = "enzymexla_tt_ext.call"(%arg0, %arg1, %arg2, %arg3, %arg4, %arg5, %arg6) {fn = @name} : (tensor<4xi64>, tensor<4xi64>, tensor<4xi64>, tensor<4xi64>, tensor<4xi64>, tensor<4xi64>, f64) -> f64
    return
  }
}
