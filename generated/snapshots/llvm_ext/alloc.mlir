module {
  func.func @sample(%arg0: i64) {
    %0 = "llvm_ext.alloc"(%arg0) : (i64) -> !llvm.ptr
    return
  }
}
