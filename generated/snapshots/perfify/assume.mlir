module {
  func.func private @name()
  func.func @sample() {
    "perfify.assumptions"() ({
      "perfify.conditions"() ({
      ^bb0(%arg0: i1):
        "perfify.assume"(%arg0) : (i1) -> ()
      }, {
      ^bb0(%arg0: i1):
        "perfify.assume"(%arg0) : (i1) -> ()
      }) {func_handle = @name, verify_huh = true} : () -> ()
    }) : () -> ()
  ^bb1:  // no predecessors
    return
  }
}
