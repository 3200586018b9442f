// Conditions before and after a function, in the form of 0.0.16.
func.func private @f(i64)
func.func @g() {
  "perfify.assumptions"() ({
    "perfify.conditions"() ({
      %0 = arith.constant true
      "perfify.assume"(%0) : (i1) -> ()
    }, {
      %1 = arith.constant false
      "perfify.assume"(%1) : (i1) -> ()
    }) {func_handle = @f, verify_huh = true} : () -> ()
  }) : () -> ()
  return
}
