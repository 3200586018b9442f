// Names that Python does not take as they are: operations, parts, cases.
include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

def D : Dialect { let name = "names"; let cppNamespace = "::names"; }

class One<string mnemonic> : Op<D, mnemonic> { let arguments = (ins F64:$x); let results = (outs F64:$r); }

def CrossSumOp : One<"cross-sum">;
def Deep_ThreeOp : One<"3d-x">;
def LoadOp : One<"2d_load">;
def SdotOp : One<"2d.sdot">;
def DollarOp : One<"a$b">;
def ClassOp : One<"class">;
def PrintOp : One<"print">;
def NumberOp : One<"7">;
def print_again : One<"again">;
def DottedOp : One<"one.two">;

def SmallOp : Op<D, "small"> {
  let arguments = (ins F64:$In, F64:$Class, F64:$None, F64:$Loc, F64:$Ip, F64:$Self, F64:$Results, F64:$Verify,
                       I64Attr:$Is, DefaultValuedAttr<I64Attr, "3">:$Not);
}
def RegionOp : Op<D, "region", [NoTerminator]> {
  let arguments = (ins Optional<F64>:$Lambda);
  let results = (outs F64:$For, Variadic<F64>:$with);
  let regions = (region AnyRegion:$If, VariadicRegion<AnyRegion>:$Else);
}
def JumpOp : Op<D, "jump", [Terminator]> { let successors = (successor AnySuccessor:$Try, VariadicSuccessor<AnySuccessor>:$Except); }

def Kind : I32EnumAttr<"Kind", "", [
    I32EnumAttrCase<"None", 0, "none">, I32EnumAttrCase<"In", 1, "in">, I32EnumAttrCase<"_1D", 2, "1d">]> {
  let cppNamespace = "::names";
}
def KindAttr : AttrDef<D, "Kind"> { let mnemonic = "2d-kind"; let parameters = (ins EnumParameter<Kind>:$value); let assemblyFormat = "`<` $value `>`"; }
def BoxType : TypeDef<D, "Box"> { let mnemonic = "3d-box"; let parameters = (ins "int64_t":$In, "int64_t":$type); let assemblyFormat = "`<` $In `,` $type `>`"; }
def UseOp : Op<D, "use"> { let arguments = (ins KindAttr:$kind, BoxType:$box, DefaultValuedAttr<KindAttr, "::names::Kind::In">:$or); }
