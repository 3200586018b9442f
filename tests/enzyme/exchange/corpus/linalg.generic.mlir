// A structured operation with maps, iterators, words and a library call.
#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>
func.func @f(%a: tensor<4x8xf64>, %r: tensor<4xf64>) -> tensor<4xf64> {
  %0 = linalg.generic {doc = "sums", indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"], library_call = "sum_rows"}
      ins(%a : tensor<4x8xf64>) outs(%r : tensor<4xf64>) {
  ^bb0(%x: f64, %s: f64):
    %i = linalg.index 1 : index
    %t = arith.addf %x, %s : f64
    linalg.yield %t : f64
  } -> tensor<4xf64>
  return %0 : tensor<4xf64>
}
