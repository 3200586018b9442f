// Loops and branches of the dialect.
func.func @f(%n: tensor<i64>, %x: tensor<f64>, %c: tensor<i1>) -> tensor<f64> {
  %0 = "impulse.for"(%n, %n, %n, %x) ({
  ^bb0(%i: tensor<i64>, %s: tensor<f64>):
    "impulse.yield"(%s) : (tensor<f64>) -> ()
  }) : (tensor<i64>, tensor<i64>, tensor<i64>, tensor<f64>) -> tensor<f64>
  %1:2 = "impulse.while"(%c, %0) ({
  ^bb0(%a: tensor<i1>, %b: tensor<f64>):
    "impulse.yield"(%a) : (tensor<i1>) -> ()
  }, {
  ^bb0(%a: tensor<i1>, %b: tensor<f64>):
    "impulse.yield"(%a, %b) : (tensor<i1>, tensor<f64>) -> ()
  }) : (tensor<i1>, tensor<f64>) -> (tensor<i1>, tensor<f64>)
  %2 = "impulse.if"(%c) ({
    "impulse.yield"(%x) : (tensor<f64>) -> ()
  }, {
    "impulse.yield"(%1#1) : (tensor<f64>) -> ()
  }) : (tensor<i1>) -> tensor<f64>
  %3 = "impulse.select"(%c, %2, %x) : (tensor<i1>, tensor<f64>, tensor<f64>) -> tensor<f64>
  return %3 : tensor<f64>
}
