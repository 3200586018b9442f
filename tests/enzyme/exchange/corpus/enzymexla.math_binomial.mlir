// The steps of a checkpointed loop, which 0.0.15 alone has here.
func.func @f(%a: tensor<i64>, %b: tensor<i64>) -> tensor<i64> {
  %0 = "enzymexla.math.binomial_progress"(%a, %b) : (tensor<i64>, tensor<i64>) -> tensor<i64>
  return %0 : tensor<i64>
}
