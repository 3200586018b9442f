module {
  func.func @sample(%arg0: f64) {
    "places.of_a_value"(%arg0) {sym_name = "symbol"} : (f64) -> ()
    return
  }
}
