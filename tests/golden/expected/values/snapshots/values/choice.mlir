module {
  func.func @sample() {
    "values.choice"() {case = 3 : i8, kind = @named, lists = ["word"], narrow = 2 : i8, other = "text", which = 3 : i64} : () -> ()
    return
  }
}
