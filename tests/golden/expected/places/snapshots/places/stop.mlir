module {
  func.func @sample(%arg0: f64) {
    "places.stop"(%arg0) : (f64) -> ()
  ^bb1:  // no predecessors
    return
  }
}
