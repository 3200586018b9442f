// Symmetric and triangular matrices.
func.func @f(%a: tensor<4x4xf64>, %b: tensor<4x4xf64>, %s: tensor<f64>) -> tensor<4x4xf64> {
  %0 = "enzymexla.blas.symm"(%a, %b, %b, %s, %s) {side = #enzymexla.side<right>, uplo = #enzymexla.uplo<L>} : (tensor<4x4xf64>, tensor<4x4xf64>, tensor<4x4xf64>, tensor<f64>, tensor<f64>) -> tensor<4x4xf64>
  %1 = "enzymexla.blas.syrk"(%0, %b, %s, %s) {output_uplo = #enzymexla.uplo<F>, transpose = #enzymexla.transpose<adjoint>, uplo = #enzymexla.uplo<U>} : (tensor<4x4xf64>, tensor<4x4xf64>, tensor<f64>, tensor<f64>) -> tensor<4x4xf64>
  %2 = "enzymexla.blas.trmm"(%1, %b, %s) {side = #enzymexla.side<left>, transpose = #enzymexla.transpose<none>, unit_diagonal, uplo = #enzymexla.uplo<U>} : (tensor<4x4xf64>, tensor<4x4xf64>, tensor<f64>) -> tensor<4x4xf64>
  %3 = "enzymexla.blas.trsm"(%s, %2, %b) {side = #enzymexla.side<left>, transa = #enzymexla.transpose<transpose>, uplo = #enzymexla.uplo<U>} : (tensor<f64>, tensor<4x4xf64>, tensor<4x4xf64>) -> tensor<4x4xf64>
  return %3 : tensor<4x4xf64>
}
