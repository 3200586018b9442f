module {
  func.func @sample(%arg0: f64) {
    "enzymexla.store_var"(%arg0) {type = "name"} : (f64) -> ()
    return
  }
}
