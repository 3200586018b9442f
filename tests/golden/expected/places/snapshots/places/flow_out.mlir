module {
  func.func @sample() {
    "places.flow"() ({
      "places.flow_out"() : () -> ()
    }) : () -> ()
    return
  }
}
