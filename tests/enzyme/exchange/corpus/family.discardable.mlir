// Attributes that no dialect declares, of every kind, on operations of the family.
func.func @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %0 = "enzymexla.math.relu"(%x) {my.a = dense<[1.0, 2.0]> : tensor<2xf64>, my.b = affine_map<(d0) -> (d0)>, my.c = @f, my.d = [1, {e = "}>"}], my.e = array<i32: 1>,
    my.f = distinct[0]<"x">, my.g} : (tensor<4xf64>) -> tensor<4xf64>
  return %0 : tensor<4xf64>
}
