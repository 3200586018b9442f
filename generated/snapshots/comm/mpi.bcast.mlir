module {
  func.func @sample(%arg0: tensor<4xf64>, %arg1: i32, %arg2: !comm.mpi.comm) {
    %0 = "comm.mpi.bcast"(%arg0, %arg1, %arg2) : (tensor<4xf64>, i32, !comm.mpi.comm) -> tensor<4xf64>
    return
  }
}
