// Structures, arrays and vectors as values.
llvm.func @f(%x: f32, %i: i32) -> f32 {
  %0 = llvm.mlir.undef : !llvm.struct<(f32, array<2 x f32>)>
  %1 = llvm.insertvalue %x, %0[1, 0] : !llvm.struct<(f32, array<2 x f32>)>
  %2 = llvm.extractvalue %1[1, 0] : !llvm.struct<(f32, array<2 x f32>)>
  %3 = llvm.mlir.zero : vector<4xf32>
  %4 = llvm.insertelement %2, %3[%i : i32] : vector<4xf32>
  %5 = llvm.mlir.poison : !llvm.ptr
  llvm.return %2 : f32
}
