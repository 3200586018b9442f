module {
  func.func private @name()
  func.func @sample() {
    "distributed.GroupSplit"() ({
    ^bb0:
    }) {device_group = @name} : () -> ()
    return
  }
}
