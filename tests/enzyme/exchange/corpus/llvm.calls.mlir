// Calls, of functions and pointers, variadic ones, and an attribute list.
llvm.func @printf(!llvm.ptr {llvm.noalias}, ...) -> i32
llvm.func @f(%p: !llvm.ptr, %g: !llvm.ptr, %x: f64) attributes {passthrough = ["noinline", ["frame-pointer", "all"]]} {
  %0 = llvm.call @printf(%p, %x) vararg(!llvm.func<i32 (ptr, ...)>) : (!llvm.ptr, f64) -> i32
  llvm.call %g(%x) : !llvm.ptr, (f64) -> ()
  llvm.return
}
