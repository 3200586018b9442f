// Operations about operands, results and their types.
#ifndef KITCHEN_VALUE_OPS
#define KITCHEN_VALUE_OPS

include "KitchenAttrs.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

// Operands and attributes in turns, and no more than one of each kind.
def Kitchen_MixOp : Kitchen_Op<"mix", [Pure]> {
  let arguments = (ins StrAttr:$name, AnyType:$flour, I32Attr:$minutes, Variadic<AnyInteger>:$extras, UnitAttr:$slowly);
  let results = (outs Kitchen_DoughType:$dough);
  let assemblyFormat = [{
    $name `of` $flour (`with` $extras^)? (`slowly` $slowly^)?
    `for` $minutes attr-dict `:` functional-type(operands, results)
  }];
}

def Kitchen_ServeOp : Kitchen_Op<"serve", [AttrSizedOperandSegments, AttrSizedResultSegments]> {
  let arguments = (ins
    Optional<Kitchen_SpoonType>:$spoon, Variadic<Kitchen_DoughType>:$dishes, Kitchen_OrderType:$order,
    VariadicOfVariadic<I64, "table_segments">:$tables, DenseI32ArrayAttr:$table_segments);
  let results = (outs Variadic<AnyType>:$plates, Optional<Index>:$tip, Variadic<F32>:$scores);
}

def Kitchen_PairOp : Kitchen_Op<"pair", [SameVariadicOperandSize, SameVariadicResultSize]> {
  let arguments = (ins Variadic<F32>:$wines, Variadic<AnyFloat>:$cheeses);
  let results = (outs Variadic<I1>:$fits, Variadic<I8>:$ratings);
}

def Kitchen_SaltOp : Kitchen_Op<"salt", [Pure, SameOperandsAndResultType]> {
  let arguments = (ins AnyTensor:$soup, AnyTensor:$salt);
  let results = (outs AnyTensor:$result);
}

def Kitchen_TasteOp : Kitchen_Op<"taste", [DeclareOpInterfaceMethods<InferTypeOpInterface>]> {
  let arguments = (ins AnyType:$sample);
  let results = (outs AnyType:$verdict);
}

def Kitchen_PickOp : Kitchen_Op<"pick", [Pure, AllTypesMatch<["ripe", "unripe", "picked"]>]> {
  let arguments = (ins I1:$condition, AnyType:$ripe, AnyType:$unripe);
  let results = (outs AnyType:$picked);
}

def Kitchen_PeelOp : Kitchen_Op<"peel", [
    TypesMatchWith<"the element of the crate", "crate", "fruit",
                   "::llvm::cast<::mlir::MemRefType>($_self).getElementType()">]> {
  let arguments = (ins AnyMemRef:$crate, Variadic<Index>:$indices);
  let results = (outs AnyType:$fruit);
}

def Kitchen_UnrollOp : Kitchen_Op<"unroll", [
    TypesMatchWith<"its flour", "dough", "flour", "::llvm::cast<::kitchen::DoughType>($_self).getFlour()">]> {
  let arguments = (ins Kitchen_DoughType:$dough);
  let results = (outs AnyType:$flour);
}

// A rule that only C++ can say.
def Kitchen_RestOp : Kitchen_Op<"rest", [
    TypesMatchWith<"a rested dough", "fresh", "rested", "::kitchen::rested($_self)">]> {
  let arguments = (ins AnyType:$fresh);
  let results = (outs AnyType:$rested);
}

def Kitchen_OrderOp : Kitchen_Op<"order"> {
  let results = (outs Kitchen_OrderType:$order, Index:$number);
}

def Kitchen_MeasureOp : Kitchen_Op<"measure", [FirstAttrDerivedResultType]> {
  let arguments = (ins TypeAttr:$unit, Kitchen_Weight:$weight);
  let results = (outs AnyType:$amount);
}

// Every container.
def Kitchen_StoreOp : Kitchen_Op<"store"> {
  let arguments = (ins
    TensorOf<[F32, Index]>:$tensor,
    RankedTensorOf<[AnyInteger]>:$ranked,
    TensorRankOf<[F64], [1, 2]>:$matrix,
    StaticShapeTensorOf<[I8]>:$static_tensor,
    AnyUnrankedTensor:$unranked,
    MemRefRankOf<[F32, F64], [1]>:$row,
    UnrankedMemRefOf<[AnyType]>:$heap,
    RankedOrUnrankedMemRefOf<[I32]>:$either,
    StaticShapeMemRefOf<[AnyFloat]>:$static_buffer,
    AnyStridedMemRef:$strided,
    VectorOfAnyRankOf<[F32]>:$vector,
    VectorOfNonZeroRankOf<[AnyInteger]>:$row_vector,
    VectorOfLengthAndType<[4, 8], [F32]>:$quad,
    VectorOfRankAndType<[2], [I1]>:$mask,
    ScalableVectorOfAnyRank<[F16]>:$scalable,
    Complex<F64>:$complex,
    AnyTuple:$tuple,
    TupleOf<[F32]>:$floats,
    AnyShaped:$shaped,
    SignlessIntegerLike:$integers,
    FloatLike:$numbers,
    FunctionType:$function,
    NoneType:$none,
    F8E4M3FN:$small);
}

def Kitchen_SelectOp : Kitchen_Op<"select_scale"> {
  let arguments = (ins
    AnyTypeOf<[F32, Kitchen_SpoonType, MemRefOf<[I8]>]>:$union,
    Kitchen_Mass:$named,
    I<7>:$odd,
    SI8:$signed_,
    UI16:$unsigned_,
    AnyI32:$any_width,
    AnySignedInteger:$any_signed,
    SignlessIntOfWidths<[8, 16]>:$some_widths,
    AllOfType<[AnyShaped, AnyTensor]>:$both);
}

// Constraints without a structural form, whole and in part.
def Kitchen_SniffOp : Kitchen_Op<"sniff"> {
  let arguments = (ins
    Kitchen_Fresh:$food, Optional<Kitchen_FreshTensor>:$batch, AnyTypeOf<[Index, Kitchen_Fresh]>:$other);
}

// What it does to memory.
def Kitchen_CleanOp : Kitchen_Op<"clean", [MemoryEffects<[MemRead]>]> {
  let arguments = (ins
    Arg<AnyMemRef, "", [MemRead, MemWrite]>:$pan, Arg<Variadic<AnyMemRef>, "", [MemFree]>:$waste, AnyMemRef:$towel);
  let results = (outs Res<AnyMemRef, "", [MemAlloc]>:$cleaned);
}

// `Deprecated` warns where another record uses it; ODS has no field for a deprecated operation as such.
def Kitchen_MicrowaveOp : Kitchen_Op<"microwave">, CppDeprecated<"use mix">;

#endif // KITCHEN_VALUE_OPS
