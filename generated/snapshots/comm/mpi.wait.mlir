module {
  func.func @sample(%arg0: !comm.mpi.request) {
    "comm.mpi.wait"(%arg0) : (!comm.mpi.request) -> ()
    return
  }
}
