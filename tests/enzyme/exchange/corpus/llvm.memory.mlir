// Pointers, aligned and volatile.
llvm.func @f(%p: !llvm.ptr, %i: i64) -> f64 {
  %0 = llvm.load %p {alignment = 8 : i64} : !llvm.ptr -> f64
  llvm.store %0, %p {alignment = 16 : i64} : f64, !llvm.ptr
  %1 = llvm.load volatile %p : !llvm.ptr -> i32
  %2 = llvm.getelementptr inbounds %p[%i, 1] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.struct<(i32, f64)>
  %3 = llvm.alloca %i x f64 {alignment = 32 : i64} : (i64) -> !llvm.ptr
  %4 = llvm.load %2 atomic monotonic {alignment = 8 : i64} : !llvm.ptr -> f64
  llvm.return %4 : f64
}
