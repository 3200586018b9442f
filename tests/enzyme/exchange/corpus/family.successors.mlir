// Operations of the family in blocks that branch.
func.func @f(%x: tensor<4xf64>, %c: i1) -> tensor<4xf64> {
  cf.cond_br %c, ^one(%x : tensor<4xf64>), ^two
^one(%a: tensor<4xf64>):
  %0 = "enzymexla.math.relu"(%a) : (tensor<4xf64>) -> tensor<4xf64>
  cf.br ^one(%0 : tensor<4xf64>)
^two:
  %1 = "enzymexla.math.sinc"(%x) : (tensor<4xf64>) -> tensor<4xf64>
  return %1 : tensor<4xf64>
}
