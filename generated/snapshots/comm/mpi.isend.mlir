module {
  func.func @sample(%arg0: tensor<4xf64>, %arg1: i32, %arg2: i32, %arg3: !comm.mpi.comm) {
    %0 = "comm.mpi.isend"(%arg0, %arg1, %arg2, %arg3) : (tensor<4xf64>, i32, i32, !comm.mpi.comm) -> !comm.mpi.request
    return
  }
}
