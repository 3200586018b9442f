module {
  func.func @sample() {
    "toy.branch"()[^bb1] : () -> ()
  ^bb1:  // pred: ^bb0
    return
  }
}
