// Types of the dialect that hold maps, which MLIR may write as aliases.
#turn = affine_map<(d0, d1) -> (d1, d0)>
func.func @f(%a: !enzyme.Gradient<memref<4x4xf64, affine_map<(d0, d1) -> (d1, d0)>, 1>>, %m: memref<4x4xf64, #turn>) attributes {test.a = !enzyme.Cache<memref<4x4xf64, affine_map<(d0, d1) -> (d1, d0)>>>,
  test.b = #turn} {
  return
}
