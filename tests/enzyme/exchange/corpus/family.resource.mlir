// Bytes behind the module that an operation of the family names.
module {
  func.func @f(%x: tensor<4xf64>) -> tensor<4xf64> {
    %0 = "enzymexla.math.relu"(%x) {my.weights = dense_resource<weights> : tensor<2xf32>} : (tensor<4xf64>) -> tensor<4xf64>
    return %0 : tensor<4xf64>
  }
}
{-#
  dialect_resources: {
    builtin: {
      weights: "0x040000000000803F00000040"
    }
  }
#-}
