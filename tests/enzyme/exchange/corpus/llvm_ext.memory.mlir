// Memory that is had from LLVM.
func.func @f(%n: i64) {
  %0 = "llvm_ext.alloc"(%n) : (i64) -> !llvm.ptr
  "llvm_ext.ptr_size_hint"(%0, %n) : (!llvm.ptr, i64) -> ()
  "llvm_ext.free"(%0) : (!llvm.ptr) -> ()
  return
}
