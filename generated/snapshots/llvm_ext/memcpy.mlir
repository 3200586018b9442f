module {
  func.func @sample(%arg0: !llvm.ptr, %arg1: !llvm.ptr, %arg2: i64) {
    "llvm_ext.memcpy"(%arg0, %arg1, %arg2) : (!llvm.ptr, !llvm.ptr, i64) -> ()
    return
  }
}
