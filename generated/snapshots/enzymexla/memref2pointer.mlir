module {
  func.func @sample(%arg0: memref<4xf64>) {
    %0 = "enzymexla.memref2pointer"(%arg0) : (memref<4xf64>) -> !llvm.ptr
    return
  }
}
