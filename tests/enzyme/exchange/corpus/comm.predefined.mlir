// Groups and reductions that have names, in the form of releases up to 0.0.15.
func.func @f(%a: tensor<4xf64>) -> tensor<4xf64> {
  %0 = "comm.mpi.predefined_comm"() {value = #comm.mpi.comm<MPI_COMM_WORLD>} : () -> !comm.mpi.comm
  %1 = "comm.mpi.predefined_op"() {value = #comm.mpi.op<MPI_SUM>} : () -> !comm.mpi.op
  %2 = "comm.mpi.allreduce"(%a, %0) {reduceOpAttr = #comm.mpi.op<MPI_MAX>} : (tensor<4xf64>, !comm.mpi.comm) -> tensor<4xf64>
  return %2 : tensor<4xf64>
}
