module {
  func.func @sample() {
    "places.block"() ({
    ^bb0(%arg0: f64):
      "places.stop"(%arg0) : (f64) -> ()
    }) : () -> ()
    return
  }
}
