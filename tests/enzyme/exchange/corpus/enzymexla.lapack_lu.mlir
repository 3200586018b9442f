// Factors L and U, inverses, Cholesky.
func.func @f(%a: tensor<4x4xf64>) -> tensor<4x4xf64> {
  %0:4 = "enzymexla.lapack.getrf"(%a) : (tensor<4x4xf64>) -> (tensor<4x4xf64>, tensor<4xi32>, tensor<4xi32>, tensor<i32>)
  %1 = "enzymexla.lapack.getri"(%0#0, %0#1) : (tensor<4x4xf64>, tensor<4xi32>) -> tensor<4x4xf64>
  %2:2 = "enzymexla.lapack.potrf"(%1) {uplo = #enzymexla.uplo<L>} : (tensor<4x4xf64>) -> (tensor<4x4xf64>, tensor<i32>)
  return %2#0 : tensor<4x4xf64>
}
