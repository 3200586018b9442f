module {
  func.func @sample() {
    %0 = "perfify.constant_cost"() ({
    }) : () -> !perfify.cost
    return
  }
}
