// Tensors: ranked, of rank 0, dynamic, empty, unranked, with an encoding.
func.func private @f(tensor<f32>, tensor<0x?xi8>, tensor<*xf64>, tensor<4x4xf32, "rows">, tensor<2xf32, {a = 1}>, tensor<?xcomplex<f32>>)
