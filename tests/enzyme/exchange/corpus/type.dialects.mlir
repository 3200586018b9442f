// Types of dialects that MLIR has.
func.func private @f(!llvm.ptr, !llvm.ptr<3>, !llvm.struct<(i32, ptr)>, !llvm.struct<"named", (i8, array<4 x f32>)>, !llvm.array<2 x i64>, !llvm.func<void (i32, ...)>,
  !gpu.async.token, !async.token)
