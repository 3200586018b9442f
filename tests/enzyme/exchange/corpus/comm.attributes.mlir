// Attributes of the dialect.
func.func private @f() attributes {test.a = #comm.mpi.comm<MPI_COMM_SELF>, test.b = [#comm.mpi.op<MPI_LAND>]}
