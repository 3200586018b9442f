module {
  func.func @sample(%arg0: !gpu.async.token, %arg1: memref<4xf64>, %arg2: index, %arg3: memref<4xf64>, %arg4: index, %arg5: index, %arg6: index) {
    "enzymexla.memcpy2d"(%arg0, %arg1, %arg2, %arg3, %arg4, %arg5, %arg6) : (!gpu.async.token, memref<4xf64>, index, memref<4xf64>, index, index, index) -> ()
    return
  }
}
