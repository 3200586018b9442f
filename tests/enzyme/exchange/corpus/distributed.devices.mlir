// Devices, meshes, groups and channels between them.
"distributed.LeafDevice"() {sym_name = "gpu"} : () -> ()
"distributed.LeafDevice"() {sym_name = "odd name"} : () -> ()
"distributed.DeviceMesh"() {device_type = @gpu, shape = [2, 2], sym_name = "mesh"} : () -> ()
"distributed.Channel"() {receiving_devices = [@"odd name"], sending_devices = [@gpu], sym_name = "link"} : () -> ()
"distributed.DeviceGroup"() {channels = [@link], devices = [@gpu, @"odd name"], sym_name = "group"} : () -> ()
func.func @f() {
  %0 = "distributed.DefineToken"() {channel = @link} : () -> !distributed.token
  return
}
