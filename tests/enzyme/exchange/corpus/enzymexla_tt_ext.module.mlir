// A table of Triton's functions, and the names that lead into it.
"enzymexla_tt_ext.module"() ({
  "builtin.module"() ({
    "tt.func"() ({
    ^bb0(%a: i32):
      "tt.return"() : () -> ()
    }) {function_type = (i32) -> (), sym_name = "k"} : () -> ()
  }) {sym_name = "inner"} : () -> ()
}) {sym_name = "m"} : () -> ()
func.func @f(%n: tensor<i64>, %a: tensor<i32>) {
  "enzymexla_tt_ext.call"(%n, %n, %n, %n, %n, %n, %a) {backend_config = "", fn = @m::@inner::@k} : (tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i32>) -> ()
  return
}
