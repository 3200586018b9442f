module {
  func.func @sample(%arg0: f64) {
    "other.for"() ({
      "places.in_a_loop"(%arg0) : (f64) -> ()
    }) : () -> ()
    return
  }
}
