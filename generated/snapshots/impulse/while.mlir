module {
  func.func @sample(%arg0: f64) {
    %0 = "impulse.while"(%arg0) ({
    }, {
    }) : (f64) -> f64
    return
  }
}
