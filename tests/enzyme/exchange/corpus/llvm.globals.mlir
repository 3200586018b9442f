// Globals, constants in them, linkage.
llvm.mlir.global internal constant @text("hello\0A\00") : !llvm.array<7 x i8>
llvm.mlir.global external @number(42 : i64) {addr_space = 0 : i32, alignment = 8 : i64} : i64
llvm.mlir.global private @computed() : !llvm.ptr {
  %0 = llvm.mlir.addressof @text : !llvm.ptr
  llvm.return %0 : !llvm.ptr
}
llvm.func internal @f() -> !llvm.ptr {
  %0 = llvm.mlir.addressof @number : !llvm.ptr
  llvm.return %0 : !llvm.ptr
}
