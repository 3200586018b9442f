// Calls of compiled functions, with everything that may be said of them.
llvm.func @kernel(%p: !llvm.ptr) {
  llvm.return
}
func.func @f(%a: tensor<4xf64>, %n: tensor<i64>) -> tensor<4xf64> {
  %0 = "enzymexla.jit_call"(%a) {backend_config = "", fn = @kernel, operand_layouts = [dense<0> : tensor<1xindex>], output_operand_aliases =
    [#stablehlo.output_operand_alias<output_tuple_indices = [], operand_index = 0, operand_tuple_indices = []>], result_layouts = [dense<0> : tensor<1xindex>], xla_side_effect_free} : (tensor<4xf64>) -> tensor<4xf64>
  %1 = "enzymexla.kernel_call"(%n, %n, %n, %n, %n, %n, %n, %0) {backend_config = "x \22y\22", fn = @kernel, operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1>,
    output_operand_aliases = [#stablehlo.output_operand_alias<output_tuple_indices = [], operand_index = 0, operand_tuple_indices = []>]}
    : (tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<4xf64>) -> tensor<4xf64>
  return %1 : tensor<4xf64>
}
