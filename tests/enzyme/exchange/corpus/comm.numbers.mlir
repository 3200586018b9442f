// Messages, in the form of releases up to 0.0.15: ranks and tags are numbers.
func.func @f(%a: tensor<4xf64>, %c: !comm.mpi.comm, %n: i32) -> tensor<4xf64> {
  %0 = "comm.mpi.comm_rank"(%c) : (!comm.mpi.comm) -> i32
  %1 = "comm.mpi.comm_size"(%c) : (!comm.mpi.comm) -> i32
  %2 = "comm.mpi.comm_split"(%c, %0, %n) : (!comm.mpi.comm, i32, i32) -> !comm.mpi.comm
  "comm.mpi.barrier"(%2) : (!comm.mpi.comm) -> ()
  %3 = "comm.mpi.bcast"(%a, %n, %2) : (tensor<4xf64>, i32, !comm.mpi.comm) -> tensor<4xf64>
  "comm.mpi.send"(%3, %n, %0, %c) : (tensor<4xf64>, i32, i32, !comm.mpi.comm) -> ()
  %4 = "comm.mpi.recv"(%n, %0, %c) : (i32, i32, !comm.mpi.comm) -> tensor<4xf64>
  %5 = "comm.mpi.isend"(%4, %n, %0, %c) : (tensor<4xf64>, i32, i32, !comm.mpi.comm) -> !comm.mpi.request
  return %4 : tensor<4xf64>
}
