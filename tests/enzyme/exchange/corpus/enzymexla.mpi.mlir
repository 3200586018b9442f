// Messages between processes.
func.func @f(%a: tensor<4xf64>, %n: tensor<i32>) -> tensor<4xf64> {
  %0 = "enzymexla.mpi.comm_rank"() : () -> tensor<i32>
  %1 = "enzymexla.mpi.comm_size"() : () -> tensor<i32>
  "enzymexla.mpi.barrier"() : () -> ()
  %2 = "enzymexla.mpi.allreduce"(%a, %a, %n) {datatype = #enzymexla.datatype<MPI_DOUBLE>, op = #enzymexla.op<MPI_SUM>} : (tensor<4xf64>, tensor<4xf64>, tensor<i32>) -> tensor<4xf64>
  %3 = "enzymexla.mpi.bcast"(%2, %n, %0) {datatype = #enzymexla.datatype<MPI_DOUBLE>} : (tensor<4xf64>, tensor<i32>, tensor<i32>) -> tensor<4xf64>
  "enzymexla.mpi.send"(%3, %n, %0, %1) {datatype = #enzymexla.datatype<MPI_DOUBLE>} : (tensor<4xf64>, tensor<i32>, tensor<i32>, tensor<i32>) -> ()
  %4 = "enzymexla.mpi.recv"(%3, %n, %0, %1) {datatype = #enzymexla.datatype<MPI_DOUBLE>} : (tensor<4xf64>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<4xf64>
  %5 = "enzymexla.mpi.isend"(%4, %n, %0, %1) {datatype = #enzymexla.datatype<MPI_BYTE>} : (tensor<4xf64>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<i32>
  %6:2 = "enzymexla.mpi.irecv"(%4, %n, %0, %1) {datatype = #enzymexla.datatype<MPI_FLOAT>} : (tensor<4xf64>, tensor<i32>, tensor<i32>, tensor<i32>) -> (tensor<4xf64>, tensor<i32>)
  "enzymexla.mpi.wait"(%5) : (tensor<i32>) -> ()
  return %4 : tensor<4xf64>
}
