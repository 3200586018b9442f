module {
  func.func @sample() {
    %0 = "comm.mpi.predefined_op"() {value = #comm.mpi.op<MPI_OP_NULL>} : () -> !comm.mpi.op
    return
  }
}
