// More inequalities than brackets around them.
func.func @f(%n: index, %m: memref<4xf64>) {
  affine.if affine_set<(d0, d1, d2, d3) : (d0 >= 0, d1 - 1 >= 0, d2 >= 0, d3 >= 0)>(%n, %n, %n, %n) {
    %c = arith.constant 1.0 : f64
    affine.store %c, %m[0] : memref<4xf64>
  }
  return
}
