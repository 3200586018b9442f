module {
  func.func @sample(%arg0: !llvm.ptr) {
    %0 = "enzymexla.stream2token"(%arg0) : (!llvm.ptr) -> !gpu.async.token
    return
  }
}
