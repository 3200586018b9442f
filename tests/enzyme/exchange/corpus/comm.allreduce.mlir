// A reduction, in the form of 0.0.16.
func.func @f(%a: tensor<4xf64>, %c: !comm.mpi.comm) -> tensor<4xf64> {
  %0 = "comm.mpi.allreduce"(%a, %c) {reduceOp = #comm.mpi.op<MPI_SUM>} : (tensor<4xf64>, !comm.mpi.comm) -> tensor<4xf64>
  return %0 : tensor<4xf64>
}
