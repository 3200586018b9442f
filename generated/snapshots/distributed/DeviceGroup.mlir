module {
  "distributed.DeviceGroup"() {channels = [], devices = [], sym_name = "name"} : () -> ()
}
