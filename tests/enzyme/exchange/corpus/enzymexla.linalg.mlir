// Factorizations by their purpose.
func.func @f(%a: tensor<4x4xf64>, %d: tensor<4xf64>) -> tensor<4x4xf64> {
  %0:4 = "enzymexla.linalg.lu"(%a) : (tensor<4x4xf64>) -> (tensor<4x4xf64>, tensor<4xi32>, tensor<4xi32>, tensor<i32>)
  %1:3 = "enzymexla.linalg.qr"(%a) {algorithm = #enzymexla.qr_algorithm<geqrf>} : (tensor<4x4xf64>) -> (tensor<4x4xf64>, tensor<4x4xf64>, tensor<i32>)
  %2:4 = "enzymexla.linalg.svd"(%a) {algorithm = #enzymexla.svd_algorithm<Jacobi>, full = true} : (tensor<4x4xf64>) -> (tensor<4x4xf64>, tensor<4xf64>, tensor<4x4xf64>, tensor<i32>)
  %3 = "enzymexla.linalg.tridiagonal_solve"(%d, %d, %d, %a) : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4x4xf64>) -> tensor<4x4xf64>
  return %3 : tensor<4x4xf64>
}
