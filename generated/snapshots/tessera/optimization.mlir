module {
  func.func @sample() {
    "tessera.optimization"() {rule = "name"} : () -> ()
    return
  }
}
