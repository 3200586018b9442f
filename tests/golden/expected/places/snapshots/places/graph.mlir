module {
  func.func @sample() {
    "places.graph"() ({
    ^bb0:
    }) : () -> ()
    return
  }
}
