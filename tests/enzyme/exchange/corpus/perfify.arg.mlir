// An argument of a function that conditions speak of, in the form of 0.0.16.
func.func @g() {
  %0 = "perfify.arg"() {val = 0 : i64} : () -> !perfify.cost
  return
}
