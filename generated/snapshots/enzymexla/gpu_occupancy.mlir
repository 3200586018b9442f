module {
  func.func private @name()
  func.func @sample(%arg0: f64, %arg1: f64, %arg2: f64) {
    %0 = "enzymexla.gpu_occupancy"(%arg0, %arg1, %arg2) {fn = @name} : (f64, f64, f64) -> f64
    return
  }
}
