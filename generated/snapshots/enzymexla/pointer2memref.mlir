module {
  func.func @sample(%arg0: !llvm.ptr) {
    %0 = "enzymexla.pointer2memref"(%arg0) : (!llvm.ptr) -> memref<4xf64>
    return
  }
}
