module {
  func.func @sample(%arg0: index, %arg1: index, %arg2: index) {
    "enzymexla.gpu_thread"(%arg0, %arg1, %arg2) ({
    }) : (index, index, index) -> ()
    return
  }
}
