module {
  func.func @sample() {
    "distributed.Channel"() {receiving_devices = [], sending_devices = [], sym_name = "name"} : () -> ()
    return
  }
}
