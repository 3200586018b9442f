module {
  "distributed.LeafDevice"() {sym_name = "gpu"} : () -> ()
  func.func @sample() {
    "distributed.SplitBranch"() ({
    ^bb0:
    }) {device_or_channel = @gpu} : () -> ()
    return
  }
}
