module {
  func.func @sample(%arg0: f64, %arg1: index) {
    %0 = "toy.region"(%arg0, %arg1) ({
    ^bb0(%arg2: f64, %arg3: index):
      "toy.yield"(%arg3) : (index) -> ()
    }) : (f64, index) -> index
    return
  }
}
