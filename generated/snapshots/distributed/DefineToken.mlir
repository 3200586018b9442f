module {
  "distributed.Channel"() {receiving_devices = [], sending_devices = [], sym_name = "link"} : () -> ()
  func.func @sample() {
    %0 = "distributed.DefineToken"() {channel = @link} : () -> !distributed.token
    return
  }
}
