module {
  func.func @sample() {
    "rules.bounds"() {many = array<i64: 1, 1, 1>, negative = -2 : i64, none = [], pair = [1, 1], positive = 4 : i64, zero = 0 : i64} : () -> ()
    return
  }
}
