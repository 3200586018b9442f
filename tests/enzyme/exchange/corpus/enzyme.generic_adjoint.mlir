// The adjoint of a structured operation, with maps, iterators and words.
#id = affine_map<(d0) -> (d0)>
func.func @f(%a: tensor<4xf64>, %b: tensor<4xf64>) -> tensor<4xf64> {
  %0 = "enzyme.genericAdjoint"(%a, %b) ({
  ^bb0(%x: f64, %y: f64):
    %1 = arith.mulf %x, %y : f64
    "enzyme.addTo"(%1) : (f64) -> ()
  }) {doc = "words", indexing_maps = [#id, #id], iterator_types = [#linalg.iterator_type<parallel>], library_call = "other", operandSegmentSizes = array<i32: 1, 1>}
    : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  return %0 : tensor<4xf64>
}
