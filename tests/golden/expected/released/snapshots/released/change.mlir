module {
  func.func @sample(%arg0: f64) {
    "released.change"(%arg0) : (f64) -> ()
    return
  }
}
