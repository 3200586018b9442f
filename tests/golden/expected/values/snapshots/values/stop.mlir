module {
  func.func @sample(%arg0: f64) {
    "values.stop"(%arg0) : (f64) -> ()
  ^bb1:  // no predecessors
    return
  }
}
