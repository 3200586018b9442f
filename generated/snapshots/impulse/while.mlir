module {
  func.func @sample(%arg0: tensor<i1>, %arg1: tensor<f64>) {
    %0:2 = "impulse.while"(%arg0, %arg1) ({
    ^bb0(%arg2: tensor<i1>, %arg3: tensor<f64>):
      "impulse.yield"(%arg2) : (tensor<i1>) -> ()
    }, {
    ^bb0(%arg2: tensor<i1>, %arg3: tensor<f64>):
      "impulse.yield"(%arg2, %arg3) : (tensor<i1>, tensor<f64>) -> ()
    }) : (tensor<i1>, tensor<f64>) -> (tensor<i1>, tensor<f64>)
    return
  }
}
