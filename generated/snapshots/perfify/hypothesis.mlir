module {
  func.func @sample(%arg0: !perfify.cost) {
    "perfify.hypothesis"(%arg0) {pre_post = 0 : i64} : (!perfify.cost) -> ()
    return
  }
}
