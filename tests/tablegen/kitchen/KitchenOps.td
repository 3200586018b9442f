// Operations about regions, successors, symbols and traits; this file is the whole dialect.
#ifndef KITCHEN_OPS
#define KITCHEN_OPS

include "KitchenAttrOps.td"
include "KitchenValueOps.td"
include "mlir/IR/RegionKindInterface.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"

def Kitchen_RoomOp : Kitchen_Op<"room", [
    IsolatedFromAbove, SymbolTable, Symbol, SingleBlock, NoTerminator,
    DeclareOpInterfaceMethods<RegionKindInterface>]> {
  let arguments = (ins SymbolNameAttr:$sym_name, OptionalAttr<StrAttr>:$sym_visibility);
  let regions = (region SizedRegion<1>:$inside);
  let hasCustomAssemblyFormat = 1;
}

def Kitchen_BakeOp : Kitchen_Op<"bake", [
    SingleBlockImplicitTerminator<"::kitchen::DoneOp">, RecursiveMemoryEffects, AutomaticAllocationScope]> {
  let arguments = (ins Variadic<AnyType>:$inputs);
  let results = (outs Variadic<AnyType>:$outputs);
  let regions = (region SizedRegion<1>:$body);
}

def Kitchen_DoneOp : Kitchen_Op<"done", [Pure, Terminator, ReturnLike, HasParent<"::kitchen::BakeOp">]> {
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "attr-dict ($values^ `:` type($values))?";
}

def Kitchen_StopOp : Kitchen_Op<"stop", [Terminator, ParentOneOf<["::kitchen::BakeOp", "CookOp"]>]>;

def Kitchen_CookOp : Kitchen_Op<"cook"> {
  let regions = (region
    AnyRegion:$any, MinSizedRegion<1>:$some, SizedRegion<2>:$two, MaxSizedRegion<3>:$few,
    VariadicRegion<SizedRegion<1>>:$courses);
}

def Kitchen_GotoOp : Kitchen_Op<"goto", [Terminator]> {
  let arguments = (ins Variadic<AnyType>:$carried);
  let successors = (successor AnySuccessor:$next);
  let assemblyFormat = "$next (`(` $carried^ `:` type($carried) `)`)? attr-dict";
}

def Kitchen_BranchOp : Kitchen_Op<"branch", [Terminator]> {
  let arguments = (ins I1:$condition);
  let successors = (successor AnySuccessor:$first, VariadicSuccessor<AnySuccessor>:$others);
}

// What has no name, and a name that Python keeps for itself.
def Kitchen_BareOp : Kitchen_Op<"nested.bare_thing"> {
  let arguments = (ins I64Attr:$class);
  let results = (outs AnyType, F32);
  let regions = (region AnyRegion:$body);
}
def Kitchen_TossOp : Kitchen_Op<"toss"> {
  let arguments = (ins AnyType, Index);
}

// Traits of our own: one that is native, a list of them, one that holds a condition in C++.
def Kitchen_Loud : NativeOpTrait<"Loud"> { let cppNamespace = "::kitchen"; }
def Kitchen_Sharp : ParamNativeOpTrait<"Sharp", "3"> { let cppNamespace = "::kitchen"; }
def Kitchen_Messy : TraitList<[Kitchen_Loud, Commutative]>;
def Kitchen_BlendOp : Kitchen_Op<"blend", [
    Kitchen_Messy, Kitchen_Sharp, PredOpTrait<"it is half full", CPred<"$_op.getNumOperands() < 3">>, Elementwise,
    AllElementTypesMatch<["left", "right"]>, SameOperandsShape]> {
  let arguments = (ins AnyTensor:$left, AnyTensor:$right);
}

#endif // KITCHEN_OPS
