// The same with the types that 0.0.16 writes behind them.
func.func private @f() attributes {test.a = #comm.mpi.comm<MPI_COMM_SELF> : !comm.mpi.comm, test.b = [#comm.mpi.op<MPI_LAND> : !comm.mpi.op]}
