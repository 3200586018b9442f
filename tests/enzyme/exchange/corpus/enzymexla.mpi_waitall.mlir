// Waiting for all messages.
func.func @f(%rs: tensor<4xi32>, %n: tensor<i32>) {
  "enzymexla.mpi.waitall"(%n, %rs) : (tensor<i32>, tensor<4xi32>) -> ()
  return
}
