module {
  func.func @sample(%arg0: f64) {
    "tessera.return"(%arg0) : (f64) -> ()
    return
  }
}
