module {
  "perfify.define_symbol"() {sym_name = "n", type = !perfify.cost} : () -> ()
  func.func @sample() {
    %0 = "perfify.sym_cost"() {sym = @n} : () -> !perfify.cost
    return
  }
}
