// Factors Q and R.
func.func @f(%a: tensor<4x4xf64>) -> tensor<4x4xf64> {
  %0:3 = "enzymexla.lapack.geqrf"(%a) : (tensor<4x4xf64>) -> (tensor<4x4xf64>, tensor<4xf64>, tensor<i32>)
  %1:3 = "enzymexla.lapack.geqrt"(%a) {blocksize = 2 : i64} : (tensor<4x4xf64>) -> (tensor<4x4xf64>, tensor<2x4xf64>, tensor<i32>)
  %2 = "enzymexla.lapack.orgqr"(%0#0, %0#1) : (tensor<4x4xf64>, tensor<4xf64>) -> tensor<4x4xf64>
  %3 = "enzymexla.lapack.ormqr"(%0#0, %0#1, %a) {side = #enzymexla.side<left>, transpose = #enzymexla.transpose<adjoint>} : (tensor<4x4xf64>, tensor<4xf64>, tensor<4x4xf64>) -> tensor<4x4xf64>
  %4 = "enzymexla.lapack.gemqrt"(%1#0, %1#1, %a) {side = #enzymexla.side<right>, transpose = #enzymexla.transpose<none>} : (tensor<4x4xf64>, tensor<2x4xf64>, tensor<4x4xf64>) -> tensor<4x4xf64>
  return %2 : tensor<4x4xf64>
}
