module {
  func.func @sample(%arg0: f64) {
    "values.after"(%arg0) : (f64) -> ()
    return
  }
}
