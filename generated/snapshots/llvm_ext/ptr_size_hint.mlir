module {
  func.func @sample(%arg0: !llvm.ptr, %arg1: i64) {
    "llvm_ext.ptr_size_hint"(%arg0, %arg1) : (!llvm.ptr, i64) -> ()
    return
  }
}
