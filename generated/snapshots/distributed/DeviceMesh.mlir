module {
  func.func private @name()
  func.func @sample() {
    "distributed.DeviceMesh"() {device_type = @name, shape = [], sym_name = "name"} : () -> ()
    return
  }
}
