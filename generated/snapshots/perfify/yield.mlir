module {
  func.func @sample(%arg0: f64) {
    "perfify.yield"(%arg0) : (f64) -> ()
  ^bb1:  // no predecessors
    return
  }
}
