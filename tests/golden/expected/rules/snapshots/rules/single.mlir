module {
  func.func @sample(%arg0: tensor<i64>, %arg1: tensor<*xf32>, %arg2: vector<[4]xi32>, %arg3: tensor<4xcomplex<f32>>, %arg4: tensor<4x4xi8>) {
    "rules.single"(%arg0, %arg1, %arg2, %arg3, %arg4) : (tensor<i64>, tensor<*xf32>, vector<[4]xi32>, tensor<4xcomplex<f32>>, tensor<4x4xi8>) -> ()
    return
  }
}
