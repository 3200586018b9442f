module {
  func.func @sample(%arg0: i1) {
    %0 = "rules.outer"(%arg0) ({
    ^bb0(%arg1: f32):
      %1 = "rules.inside"(%arg1) : (f32) -> f32
      "rules.middle"() ({
      ^bb0(%arg2: tensor<4x4xi8>, %arg3: index):
        "rules.end"(%arg2, %arg3) : (tensor<4x4xi8>, index) -> ()
      }, {
      ^bb0(%arg2: tensor<4x4xi8>, %arg3: index):
        "rules.end"(%arg2, %arg3) : (tensor<4x4xi8>, index) -> ()
      }) : () -> ()
    }) : (i1) -> f64
    return
  }
}
