module {
  func.func @sample(%arg0: tensor<4xi32>, %arg1: tensor<4xi32>) {
    "enzymexla.mpi.waitall"(%arg0, %arg1) : (tensor<4xi32>, tensor<4xi32>) -> ()
    return
  }
}
