// Attributes of which only some values are right: what samples hold.
include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
def D : Dialect { let name = "sampled"; let cppNamespace = "::sampled"; }
def AxesAttr : AttrDef<D, "Axes"> { let mnemonic = "axes"; let parameters = (ins "int64_t":$n); let assemblyFormat = "`<` $n `>`"; }
def Kind : I32EnumAttr<"Kind", "", [I32EnumAttrCase<"A", 0, "a">, I32EnumAttrCase<"B", 1, "b">]> {
  let cppNamespace = "::sampled"; let genSpecializedAttr = 0;
}
def KindAttr : EnumAttr<D, Kind, "kind"> { let assemblyFormat = "`<` $value `>`"; }
def Opaque : Attr<CPred<"isFine($_self)">, "something">;
def BoolOp : Op<D, "bools"> {
  let arguments = (ins I1Attr:$x, BoolAttr:$y, TypedArrayAttrBase<I1Attr, "">:$z, DenseBoolArrayAttr:$dense);
}
def EitherOp : Op<D, "either"> {
  let arguments = (ins AnyAttrOf<[I64ElementsAttr, AxesAttr]>:$x, AnyAttrOf<[Opaque, KindAttr]>:$kind,
                       AnyAttrOf<[AxesAttr, KindAttr]>:$both, AnyAttrOf<[Opaque, I64ElementsAttr]>:$none,
                       AnyAttrOf<[StrAttr, F64Attr]>:$plain, AnyAttrOf<[UnitAttr, ArrayAttr]>:$unit,
                       OptionalAttr<AnyAttrOf<[FlatSymbolRefAttr, TypeAttr]>>:$maybe,
                       AnyAttrOf<[TypeAttr, AffineMapAttr]>:$type);
}
