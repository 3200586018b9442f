// The product of matrices.
func.func @f(%a: tensor<2x3xf64>, %b: tensor<3x4xf64>, %c: tensor<2x4xf64>, %s: tensor<f64>) -> tensor<2x4xf64> {
  %0 = "enzymexla.blas.gemm"(%s, %a, %b, %s, %c) {transa = #enzymexla.transpose<none>, transb = #enzymexla.transpose<none>}
    : (tensor<f64>, tensor<2x3xf64>, tensor<3x4xf64>, tensor<f64>, tensor<2x4xf64>) -> tensor<2x4xf64>
  return %0 : tensor<2x4xf64>
}
