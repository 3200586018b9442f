module {
  func.func @sample() {
    "perfify.cost"() {cycle_cost = 1 : i64, target_op = "name"} : () -> ()
    return
  }
}
