module {
  func.func @sample() {
    "tessera.optimizations"() ({
    }) : () -> ()
    return
  }
}
