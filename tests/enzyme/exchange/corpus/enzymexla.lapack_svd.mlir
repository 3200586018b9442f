// Singular values in three ways.
func.func @f(%a: tensor<4x4xf64>) -> tensor<4xf64> {
  %0:4 = "enzymexla.lapack.gesdd"(%a) {compute_uv = true, full = false} : (tensor<4x4xf64>) -> (tensor<4x4xf64>, tensor<4xf64>, tensor<4x4xf64>, tensor<i32>)
  %1:4 = "enzymexla.lapack.gesvd"(%a) {compute_uv = false, full = true} : (tensor<4x4xf64>) -> (tensor<4x4xf64>, tensor<4xf64>, tensor<4x4xf64>, tensor<i32>)
  %2:4 = "enzymexla.lapack.gesvj"(%a) {compute_uv = true, full = true} : (tensor<4x4xf64>) -> (tensor<4x4xf64>, tensor<4xf64>, tensor<4x4xf64>, tensor<i32>)
  return %0#1 : tensor<4xf64>
}
