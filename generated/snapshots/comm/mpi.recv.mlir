module {
  func.func @sample(%arg0: i32, %arg1: i32, %arg2: !comm.mpi.comm) {
    %0 = "comm.mpi.recv"(%arg0, %arg1, %arg2) : (i32, i32, !comm.mpi.comm) -> tensor<4xf64>
    return
  }
}
