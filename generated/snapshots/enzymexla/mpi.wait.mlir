module {
  func.func @sample(%arg0: tensor<4xi32>) {
    "enzymexla.mpi.wait"(%arg0) : (tensor<4xi32>) -> ()
    return
  }
}
