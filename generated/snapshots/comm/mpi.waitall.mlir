module {
  func.func @sample(%arg0: !comm.mpi.request) {
    "comm.mpi.waitall"(%arg0) : (!comm.mpi.request) -> ()
    return
  }
}
