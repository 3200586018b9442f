module {
  func.func @sample(%arg0: i1) {
    "values.switch"(%arg0)[^bb1, ^bb1, ^bb1] : (i1) -> ()
  ^bb1:  // 3 preds: ^bb0, ^bb0, ^bb0
    return
  }
}
