// A cost without a symbol.
func.func @f() -> !perfify.cost {
  %0 = "perfify.constant_cost"() ({
  }) : () -> !perfify.cost
  return %0 : !perfify.cost
}
