// Global memory in generic form, with properties.
"builtin.module"() ({
  "memref.global"() <{alignment = 64 : i64, constant, initial_value = dense<0.0> : tensor<4xf32>, sym_name = "aligned", sym_visibility = "private", type = memref<4xf32>}> : () -> ()
  "memref.global"() <{initial_value, sym_name = "state", type = memref<2xi32>}> : () -> ()
}) : () -> ()
