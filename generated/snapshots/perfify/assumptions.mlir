module {
  func.func private @name()
  "perfify.assumptions"() ({
    "perfify.conditions"() ({
    ^bb0(%arg0: i1):
      "perfify.assume"(%arg0) : (i1) -> ()
    }, {
    ^bb0(%arg0: i1):
      "perfify.assume"(%arg0) : (i1) -> ()
    }) {func_handle = @name, verify_huh = true} : () -> ()
  }) : () -> ()
}
