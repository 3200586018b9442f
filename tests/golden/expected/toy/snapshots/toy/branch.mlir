module {
  func.func @sample(%arg0: f64) {
    "toy.branch"(%arg0)[^bb1] : (f64) -> ()
  ^bb1:  // pred: ^bb0
    return
  }
}
