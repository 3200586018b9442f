// The types of the dialect.
func.func private @f(!comm.mpi.comm, !comm.mpi.request, !comm.mpi.op, tensor<2x!comm.mpi.request>)
