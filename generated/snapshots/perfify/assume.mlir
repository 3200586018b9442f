module {
  func.func @sample(%arg0: i1) {
    "perfify.assume"(%arg0) : (i1) -> ()
    return
  }
}
