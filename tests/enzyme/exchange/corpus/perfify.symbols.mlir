// Costs that have names, their comparison, and what is assumed of them.
module {
  "perfify.define_symbol"() {sym_name = "n", type = !perfify.cost} : () -> ()
  func.func @f() -> i1 {
    %0 = "perfify.sym_cost"() {sym = @n} : () -> !perfify.cost
    %1 = "perfify.fn_cost"() : () -> !perfify.cost
    %2 = "perfify.interval"(%0) {operandSegmentSizes = array<i32: 1, 0>} : (!perfify.cost) -> !perfify.interval
    %3 = "perfify.cmp"(%0, %1) {predicate = 3 : i64} : (!perfify.cost, !perfify.cost) -> i1
    "perfify.hypothesis"(%0) {pre_post = 0 : i64} : (!perfify.cost) -> ()
    return %3 : i1
  }
}
