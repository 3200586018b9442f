module {
  func.func @sample(%arg0: tensor<i64>, %arg1: tensor<i64>, %arg2: tensor<i64>, %arg3: tensor<f64>) {
    %0 = "impulse.for"(%arg0, %arg1, %arg2, %arg3) ({
    ^bb0(%arg4: tensor<i64>, %arg5: tensor<f64>):
      "impulse.yield"(%arg5) : (tensor<f64>) -> ()
    }) : (tensor<i64>, tensor<i64>, tensor<i64>, tensor<f64>) -> tensor<f64>
    return
  }
}
