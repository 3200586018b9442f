module {
  func.func @sample(%arg0: f64, %arg1: f64) {
    "released.fade"(%arg0, %arg1) : (f64, f64) -> ()
    return
  }
}
