module {
  func.func private @name()
  func.func @sample(%arg0: f64) {
    "enzymexla.xla_wrapper"(%arg0) {fn = @name} : (f64) -> ()
    return
  }
}
