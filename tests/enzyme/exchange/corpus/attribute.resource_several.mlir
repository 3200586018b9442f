// Several resources, one with an odd name, one used twice, one of booleans.
module {
  func.func private @f() attributes {a = dense_resource<first> : tensor<2xi32>, b = dense_resource<"odd name"> : tensor<1xf64>,
    c = dense_resource<first> : tensor<2xi32>, d = dense_resource<bits> : tensor<4xi1>, e = [dense_resource<_under.dot> : tensor<2xi8>]}
}
{-#
  dialect_resources: {
    builtin: {
      first: "0x040000000100000002000000",
      "odd name": "0x08000000000000000000F03F",
      bits: "0x0100000001000101",
      _under.dot: "0x010000000102"
    }
  }
#-}
