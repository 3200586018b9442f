module {
  func.func @sample() {
    %0 = "comm.mpi.predefined_comm"() {value = #comm.mpi.comm<MPI_COMM_NULL>} : () -> !comm.mpi.comm
    return
  }
}
