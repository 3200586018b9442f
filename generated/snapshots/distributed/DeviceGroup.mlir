module {
  "distributed.LeafDevice"() {sym_name = "cpu"} : () -> ()
  "distributed.LeafDevice"() {sym_name = "gpu"} : () -> ()
  "distributed.Channel"() {receiving_devices = [@gpu], sending_devices = [@cpu], sym_name = "link"} : () -> ()
  "distributed.DeviceGroup"() {channels = [@link], devices = [@cpu, @gpu], sym_name = "node"} : () -> ()
}
