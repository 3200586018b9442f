module {
  func.func @sample(%arg0: f64) {
    "impulse.yield"(%arg0) : (f64) -> ()
    return
  }
}
