module {
  func.func @sample() {
    "values.integers"() {free = -1 : i64, high = 18446744073709551615 : ui64, low = -128 : si8, no = false, off = false, on = true, place = 7 : index, some = 5 : i8} : () -> ()
    return
  }
}
