// A module with a name, and attributes of dialects.
module @"odd name" attributes {dlti.dl_spec = #dlti.dl_spec<index = 32 : i64, i64 = dense<64> : vector<2xi64>>, my.list = [@"odd name"]} {
}
