// Neighbours in tensors: rotations, extensions, updates.
func.func @f(%a: tensor<4x8xf64>) -> tensor<4x8xf64> {
  %0 = "enzymexla.rotate"(%a) {amount = 1 : i32, dimension = 1 : i32} : (tensor<4x8xf64>) -> tensor<4x8xf64>
  %1 = "enzymexla.wrap"(%0) {dimension = 1 : i64, lhs = 1 : i64, rhs = 2 : i64} : (tensor<4x8xf64>) -> tensor<4x11xf64>
  %2 = "enzymexla.extend"(%0) {dimension = 0 : i64, lhs = 1 : i64, rhs = 1 : i64} : (tensor<4x8xf64>) -> tensor<6x8xf64>
  %3 = "enzymexla.update_without_corners"(%a, %0) {dimensionX = 0 : i64, dimensionY = 1 : i64, x1 = 1 : i64, x2 = 3 : i64, y1 = 1 : i64, y2 = 7 : i64} : (tensor<4x8xf64>, tensor<4x8xf64>) -> tensor<4x8xf64>
  return %3 : tensor<4x8xf64>
}
