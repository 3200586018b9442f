// Several pads at once.
func.func @f(%a: tensor<4x8xf64>, %z: tensor<f64>) {
  %0:2 = "enzymexla.multi_pad"(%a, %z) {amount = 1 : i64, dimension = 1 : i32} : (tensor<4x8xf64>, tensor<f64>) -> (tensor<4x9xf64>, tensor<4x9xf64>)
  return
}
