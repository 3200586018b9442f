module {
  func.func @sample(%arg0: tensor<4xf64>, %arg1: tensor<4xf64>, %arg2: tensor<4xf64>, %arg3: tensor<4x2xf64>) {
    %0 = "enzymexla.linalg.tridiagonal_solve"(%arg0, %arg1, %arg2, %arg3) : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4x2xf64>) -> tensor<4x2xf64>
    return
  }
}
