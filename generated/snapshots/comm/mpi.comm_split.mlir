module {
  func.func @sample(%arg0: !comm.mpi.comm, %arg1: i32, %arg2: i32) {
    %0 = "comm.mpi.comm_split"(%arg0, %arg1, %arg2) : (!comm.mpi.comm, i32, i32) -> !comm.mpi.comm
    return
  }
}
