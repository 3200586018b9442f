module {
  "distributed.LeafDevice"() {sym_name = "gpu"} : () -> ()
  func.func @sample() {
    "distributed.DeviceMesh"() {device_type = @gpu, shape = [2, 2], sym_name = "mesh"} : () -> ()
    return
  }
}
