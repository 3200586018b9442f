module {
  func.func @sample(%arg0: !comm.nccl.comm) {
    "comm.nccl.comm_abort"(%arg0) : (!comm.nccl.comm) -> ()
    return
  }
}
