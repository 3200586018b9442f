// The same in a function of LLVM.
llvm.func @f(%n: i64) -> !llvm.ptr {
  %0 = "llvm_ext.alloc"(%n) {my.note = "kept"} : (i64) -> !llvm.ptr loc("alloc")
  llvm.return %0 : !llvm.ptr
}
