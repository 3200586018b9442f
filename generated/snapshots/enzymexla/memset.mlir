module {
  func.func @sample(%arg0: !gpu.async.token, %arg1: memref<4xf64>, %arg2: f64, %arg3: index) {
    "enzymexla.memset"(%arg0, %arg1, %arg2, %arg3) : (!gpu.async.token, memref<4xf64>, f64, index) -> ()
    return
  }
}
