// One of them without the attribute that has a default.
func.func @f(%a: tensor<4x4xf32>, %s: tensor<f32>) -> tensor<4x4xf32> {
  %0 = "enzymexla.blas.syrk"(%a, %a, %s, %s) <{output_uplo = #enzymexla.uplo<U>, uplo = #enzymexla.uplo<U>}> : (tensor<4x4xf32>, tensor<4x4xf32>, tensor<f32>, tensor<f32>) -> tensor<4x4xf32>
  return %0 : tensor<4x4xf32>
}
