// Conditions before and after a function, in the form of releases up to 0.0.15.
func.func private @f(i64)
func.func @g() {
  "perfify.assumptions"() ({
    "perfify.conditions"() ({
      %0 = "perfify.arg"() {val = 0 : i64} : () -> i64
      %1 = arith.constant 8 : i64
      %2 = arith.cmpi slt, %0, %1 : i64
      "perfify.assume"(%2) : (i1) -> ()
    }, {
    ^bb0(%a: i1):
      "perfify.assume"(%a) : (i1) -> ()
    }) {func_handle = @f, verify_huh = true} : () -> ()
  }) : () -> ()
}
