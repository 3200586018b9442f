module {
  "distributed.LeafDevice"() {sym_name = "cpu"} : () -> ()
  "distributed.LeafDevice"() {sym_name = "gpu"} : () -> ()
  "distributed.Channel"() {receiving_devices = [@gpu], sending_devices = [@cpu], sym_name = "link"} : () -> ()
}
