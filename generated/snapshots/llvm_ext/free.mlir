module {
  func.func @sample(%arg0: !llvm.ptr) {
    "llvm_ext.free"(%arg0) : (!llvm.ptr) -> ()
    return
  }
}
