// Tensors with bounds, tokens and tuples.
func.func @f(%a: tensor<?x4xf32, #stablehlo.bounds<8, ?>>, %t: !stablehlo.token) -> !stablehlo.token {
  %0 = stablehlo.after_all %t, %t : !stablehlo.token
  return %0 : !stablehlo.token
}
