module {
  func.func @sample() {
    "tessera.optimizations"() ({
    ^bb0:
    }) : () -> ()
    return
  }
}
