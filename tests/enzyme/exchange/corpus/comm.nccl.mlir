// NCCL's messages, which 0.0.16 has.
func.func @f(%a: tensor<4xf64>, %c: !comm.nccl.comm, %n: tensor<i32>) -> tensor<4xf64> {
  %0 = "comm.nccl.comm_user_rank"(%c) : (!comm.nccl.comm) -> tensor<i32>
  %1 = "comm.nccl.comm_count"(%c) : (!comm.nccl.comm) -> tensor<i32>
  %2 = "comm.nccl.comm_cudevice"(%c) : (!comm.nccl.comm) -> tensor<i32>
  %3 = "comm.nccl.comm_split"(%c, %0, %1) : (!comm.nccl.comm, tensor<i32>, tensor<i32>) -> !comm.nccl.comm
  %4 = "comm.nccl.broadcast"(%a, %2, %3) : (tensor<4xf64>, tensor<i32>, !comm.nccl.comm) -> tensor<4xf64>
  %5 = "comm.nccl.all_reduce"(%4, %3) {reduceOp = #comm.nccl.red_op<ncclSum>} : (tensor<4xf64>, !comm.nccl.comm) -> tensor<4xf64>
  "comm.nccl.send"(%5, %n, %c) : (tensor<4xf64>, tensor<i32>, !comm.nccl.comm) -> ()
  %6 = "comm.nccl.recv"(%n, %c) : (tensor<i32>, !comm.nccl.comm) -> tensor<4xf64>
  "comm.nccl.comm_finalize"(%3) : (!comm.nccl.comm) -> ()
  "comm.nccl.comm_destroy"(%3) : (!comm.nccl.comm) -> ()
  "comm.nccl.comm_abort"(%c) : (!comm.nccl.comm) -> ()
  return %6 : tensor<4xf64>
}
