module {
  func.func @sample(%arg0: f64) {
    %0 = "impulse.while"(%arg0) ({
    ^bb0(%arg1: f64):
      "impulse.yield"(%arg1) : (f64) -> ()
    }, {
    ^bb0(%arg1: f64):
      "impulse.yield"(%arg1) : (f64) -> ()
    }) : (f64) -> f64
    return
  }
}
