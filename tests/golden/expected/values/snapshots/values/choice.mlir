module {
  func.func @sample() {
    "values.choice"() {case = 3 : i8, kind = @named, other = "text", which = 3 : i64} : () -> ()
    return
  }
}
