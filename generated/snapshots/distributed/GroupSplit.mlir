module {
  "distributed.DeviceGroup"() {channels = [], devices = [], sym_name = "group"} : () -> ()
  func.func @sample() {
    "distributed.GroupSplit"() ({
    ^bb0:
    }) {device_group = @group} : () -> ()
    return
  }
}
