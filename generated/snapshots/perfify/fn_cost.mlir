module {
  func.func @sample() {
    %0 = "perfify.fn_cost"() : () -> !perfify.cost
    return
  }
}
