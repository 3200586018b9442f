// Messages that are waited for, in the form of 0.0.15.
func.func @f(%c: !comm.mpi.comm, %n: i32) -> tensor<4xf64> {
  %0:2 = "comm.mpi.irecv"(%n, %n, %c) : (i32, i32, !comm.mpi.comm) -> (tensor<4xf64>, !comm.mpi.request)
  "comm.mpi.wait"(%0#1) : (!comm.mpi.request) -> ()
  "comm.mpi.waitall"(%0#1, %0#1) : (!comm.mpi.request, !comm.mpi.request) -> ()
  return %0#0 : tensor<4xf64>
}
