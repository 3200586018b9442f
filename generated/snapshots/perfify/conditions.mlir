module {
  func.func @sample() {
    "perfify.conditions"() ({
    }, {
    }) {func_handle = @name, verify_huh = true} : () -> ()
    return
  }
}
