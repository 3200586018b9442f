module {
  func.func @sample(%arg0: i1) {
    %0 = "rules.outer"(%arg0) ({
      "rules.middle"() ({
      ^bb0(%arg1: tensor<4x4xi8>, %arg2: index):
        "rules.end"(%arg1, %arg2) : (tensor<4x4xi8>, index) -> ()
      }, {
      ^bb0(%arg1: tensor<4x4xi8>, %arg2: index):
        "rules.end"(%arg1, %arg2) : (tensor<4x4xi8>, index) -> ()
      }) : () -> ()
    }) : (i1) -> f64
    return
  }
}
