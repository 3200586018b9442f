module {
  func.func @sample(%arg0: tensor<4xf64>, %arg1: tensor<4xf64>) {
    %0 = "enzyme.genericAdjoint"(%arg0, %arg1) ({
    ^bb0(%arg2: f64, %arg3: f64):
      "enzyme.addTo"(%arg2) : (f64) -> ()
    }) {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = [], operandSegmentSizes = array<i32: 1, 1>} : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
    return
  }
}
