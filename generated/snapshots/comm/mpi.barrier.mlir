module {
  func.func @sample(%arg0: !comm.mpi.comm) {
    "comm.mpi.barrier"(%arg0) : (!comm.mpi.comm) -> ()
    return
  }
}
