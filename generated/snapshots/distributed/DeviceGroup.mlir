module {
  func.func @sample() {
    "distributed.DeviceGroup"() {channels = [], devices = [], sym_name = "name"} : () -> ()
    return
  }
}
