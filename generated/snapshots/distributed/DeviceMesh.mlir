module {
  "distributed.LeafDevice"() {sym_name = "gpu"} : () -> ()
  "distributed.DeviceMesh"() {device_type = @gpu, shape = [2, 2], sym_name = "mesh"} : () -> ()
}
