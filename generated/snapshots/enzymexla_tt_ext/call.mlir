module {
  llvm.func @kernel(!llvm.ptr)
  func.func @sample(%arg0: tensor<i64>, %arg1: tensor<i64>, %arg2: tensor<i64>, %arg3: tensor<i64>, %arg4: tensor<i64>, %arg5: tensor<i64>, %arg6: tensor<4xf64>) {
    %0 = "enzymexla_tt_ext.call"(%arg0, %arg1, %arg2, %arg3, %arg4, %arg5, %arg6) {fn = @kernel, output_operand_aliases = [#stablehlo.output_operand_alias<output_tuple_indices = [], operand_index = 0, operand_tuple_indices = []>]} : (tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<4xf64>) -> tensor<4xf64>
    return
  }
}
