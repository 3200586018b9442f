module {
  func.func @sample() {
    %0 = "comm.mpi.constant"() {value = #comm.mpi.comm<MPI_COMM_WORLD>} : () -> !comm.mpi.comm
    return
  }
}
