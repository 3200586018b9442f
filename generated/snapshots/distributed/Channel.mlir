module {
  "distributed.Channel"() {receiving_devices = [], sending_devices = [], sym_name = "name"} : () -> ()
}
