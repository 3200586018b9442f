module {
  func.func @sample(%arg0: tensor<4x4xf64>, %arg1: memref<4x4xf64>, %arg2: vector<4x4xf64>, %arg3: tensor<4x4xf64>) {
    "rules.shapes"(%arg0, %arg1, %arg2, %arg3) : (tensor<4x4xf64>, memref<4x4xf64>, vector<4x4xf64>, tensor<4x4xf64>) -> ()
    return
  }
}
