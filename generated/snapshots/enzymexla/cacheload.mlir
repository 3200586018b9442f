module {
  func.func @sample(%arg0: memref<4xf64>, %arg1: index) {
    %0 = "enzymexla.cacheload"(%arg0, %arg1) : (memref<4xf64>, index) -> f64
    return
  }
}
