module {
  func.func @sample() {
    "perfify.assumptions"() ({
    }) : () -> ()
    return
  }
}
