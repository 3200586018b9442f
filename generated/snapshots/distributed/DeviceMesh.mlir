module {
  func.func @sample() {
    "distributed.DeviceMesh"() {device_type = @name, shape = [], sym_name = "name"} : () -> ()
    return
  }
}
