// What each device does.
"distributed.LeafDevice"() {sym_name = "gpu"} : () -> ()
"distributed.DeviceMesh"() {device_type = @gpu, shape = [4], sym_name = "mesh"} : () -> ()
"distributed.DeviceGroup"() {channels = [], devices = [@gpu], sym_name = "group"} : () -> ()
func.func @f() {
  "distributed.GroupSplit"() ({
    "distributed.SplitBranch"() ({
      %0 = arith.constant 1.0 : f64
    }) {device_or_channel = @gpu} : () -> ()
  }) {device_group = @group} : () -> ()
  "distributed.MeshFor"() ({
  ^bb0:
  }) {mesh = @mesh} : () -> ()
  return
}
