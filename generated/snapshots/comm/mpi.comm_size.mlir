module {
  func.func @sample(%arg0: !comm.mpi.comm) {
    %0 = "comm.mpi.comm_size"(%arg0) : (!comm.mpi.comm) -> i32
    return
  }
}
