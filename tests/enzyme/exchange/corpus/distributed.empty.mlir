// A group of nothing, and a channel from nowhere to nowhere.
"distributed.Channel"() {receiving_devices = [], sending_devices = [], sym_name = "link"} : () -> ()
"distributed.DeviceGroup"() {channels = [], devices = [], sym_name = "group"} : () -> ()
