// A group that has a name, as 0.0.16 has it.
func.func @f() -> !comm.mpi.comm {
  %0 = "comm.mpi.constant"() {value = #comm.mpi.comm<MPI_COMM_WORLD>} : () -> !comm.mpi.comm
  return %0 : !comm.mpi.comm
}
