module {
  func.func @sample() {
    "corner.set"() : () -> ()
    return
  }
}
