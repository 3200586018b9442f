module {
  func.func @sample() {
    "places.foreign"() ({
    ^bb0(%arg0: f64, %arg1: i32):
      "other.yield"(%arg1) : (i32) -> ()
    }) : () -> ()
    return
  }
}
