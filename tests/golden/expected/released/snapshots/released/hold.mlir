module {
  func.func @sample() {
    "released.hold"() ({
    }) {name = "name"} : () -> ()
    return
  }
}
