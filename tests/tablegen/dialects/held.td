// Containers of this dialect's types, which MLIR makes only where it knows the dialect.
include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
def D : Dialect { let name = "held"; let cppNamespace = "::held"; }
def BoxType : TypeDef<D, "Box"> { let mnemonic = "box"; }
def EitherOp : Op<D, "either"> {
  let arguments = (ins MemRefOf<[BoxType, F32]>:$m, AnyTypeOf<[MemRefOf<[BoxType]>, F64]>:$n, TensorOf<[BoxType]>:$t,
                       AnyTypeOf<[VectorOfAnyRankOf<[BoxType]>, VectorOfAnyRankOf<[I8]>]>:$v);
}
def OnlyOp : Op<D, "only"> { let arguments = (ins MemRefOf<[BoxType]>:$m); let results = (outs VectorOfAnyRankOf<[BoxType]>:$v); }
def MadeOp : Op<D, "made"> { let results = (outs MemRefOf<[BoxType]>:$m); }
