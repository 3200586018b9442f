module {
  func.func @sample() {
    "values.free"() {list = [1, 2.500000e+00, "x"], part = 1.500000e+00 : f64, table = {}, text = "a \22b\22 \\ c", whole = -3 : i64, yes = false} : () -> ()
    return
  }
}
