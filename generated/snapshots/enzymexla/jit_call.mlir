module {
  func.func private @kernel(!llvm.ptr)
  func.func @sample(%arg0: tensor<4xf64>) {
    %0 = "enzymexla.jit_call"(%arg0) {fn = @kernel, output_operand_aliases = [#stablehlo.output_operand_alias<output_tuple_indices = [], operand_index = 0, operand_tuple_indices = []>]} : (tensor<4xf64>) -> tensor<4xf64>
    return
  }
}
