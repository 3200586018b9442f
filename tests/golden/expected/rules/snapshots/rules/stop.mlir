module {
  func.func @sample() {
    "rules.loop"() ({
      "rules.stop"() : () -> ()
    }) : () -> ()
    return
  }
}
