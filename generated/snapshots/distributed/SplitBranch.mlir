module {
  func.func private @name()
  func.func @sample() {
    "distributed.SplitBranch"() ({
    }) {device_or_channel = @name} : () -> ()
    return
  }
}
