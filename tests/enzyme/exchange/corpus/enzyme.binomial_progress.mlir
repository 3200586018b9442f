// Steps of a checkpointed loop.
func.func @f(%n: i64, %b: i64, %t: tensor<i64>) -> i64 {
  %0 = "enzyme.binomial_progress"(%n, %b) : (i64, i64) -> i64
  return %0 : i64
}
