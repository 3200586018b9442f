module {
  func.func @sample(%arg0: tensor<4x6xf64>) {
    %0 = "enzymexla.extend"(%arg0) {dimension = 1 : i64, lhs = 2 : i64, rhs = 1 : i64} : (tensor<4x6xf64>) -> tensor<4x9xf64>
    return
  }
}
