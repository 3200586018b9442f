module {
  func.func @sample(%arg0: index, %arg1: index) {
    %0 = "renamed.loop"(%arg0, %arg1) ({
    ^bb0(%arg2: f64):
      "renamed.yield"(%arg2) : (f64) -> ()
    }) : (index, index) -> f64
    return
  }
}
