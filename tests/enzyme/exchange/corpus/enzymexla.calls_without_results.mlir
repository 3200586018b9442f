// Calls that give nothing back, with defaults left out.
llvm.func @kernel(%p: !llvm.ptr) {
  llvm.return
}
func.func @f(%a: tensor<4xf64>, %n: tensor<i64>) {
  "enzymexla.jit_call"(%a) <{fn = @kernel}> : (tensor<4xf64>) -> ()
  "enzymexla.kernel_call"(%n, %n, %n, %n, %n, %n, %n, %n, %n, %n, %a) {fn = @kernel, operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1>}
    : (tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<4xf64>) -> ()
  return
}
