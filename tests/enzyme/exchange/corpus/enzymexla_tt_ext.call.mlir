// A call of a function of LLVM, with a result.
llvm.func @k(%p: !llvm.ptr) {
  llvm.return
}
func.func @f(%n: tensor<i64>, %a: tensor<4xf32>) -> tensor<4xf32> {
  %0 = "enzymexla_tt_ext.call"(%n, %n, %n, %n, %n, %n, %a) {backend_config = "", fn = @k,
    output_operand_aliases = [#stablehlo.output_operand_alias<output_tuple_indices = [], operand_index = 0, operand_tuple_indices = []>], xla_side_effect_free}
    : (tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}
