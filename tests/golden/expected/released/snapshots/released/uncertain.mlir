module {
  func.func @sample(%arg0: f64) {
    "released.uncertain"(%arg0) : (f64) -> ()
    return
  }
}
