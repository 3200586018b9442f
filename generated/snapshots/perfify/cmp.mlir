module {
  func.func @sample(%arg0: !perfify.cost, %arg1: !perfify.cost) {
    %0 = "perfify.cmp"(%arg0, %arg1) {predicate = 0 : i64} : (!perfify.cost, !perfify.cost) -> i1
    return
  }
}
