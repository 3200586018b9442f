module {
  func.func @sample() {
    "places.flow"() ({
      "places.flow_on"()[^bb1] : () -> ()
    ^bb1:  // 2 preds: ^bb0, ^bb1
      "places.flow_on"()[^bb1] : () -> ()
    }) : () -> ()
    return
  }
}
