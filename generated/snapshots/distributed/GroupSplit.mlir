module {
  func.func @sample() {
    "distributed.GroupSplit"() ({
    }) {device_group = @name} : () -> ()
    return
  }
}
