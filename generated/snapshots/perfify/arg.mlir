module {
  func.func @sample() {
    %0 = "perfify.arg"() {val = 1 : i64} : () -> i64
    return
  }
}
