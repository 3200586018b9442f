// A copy between pointers.
func.func @f(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64) {
  "llvm_ext.memcpy"(%a, %b, %n) : (!llvm.ptr, !llvm.ptr, i64) -> ()
  return
}
