module {
  func.func @sample(%arg0: f64) {
    "corner.print"(%arg0) : (f64) -> ()
    return
  }
}
