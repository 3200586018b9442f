// Parameters of attributes and types that are declared by C++ types, and types that follow from them.
include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

def D : Dialect { let name = "params"; let cppNamespace = "::params"; }

class Params_Type<string name, string mnemonic_> : TypeDef<D, name> { let mnemonic = mnemonic_; }
class Params_Attr<string name, string mnemonic_> : AttrDef<D, name> { let mnemonic = mnemonic_; }

def Mem : Params_Type<"Mem", "mem"> {
  let parameters = (ins "::mlir::IntegerType":$word);
  let assemblyFormat = "`<` $word `>`";
}
def Arr : Params_Type<"Arr", "arr"> {
  let parameters = (ins "::mlir::Type":$elementType);
  let assemblyFormat = "`<` custom<X>($elementType) `>`";
}
def Written : Params_Type<"Written", "written"> {
  let parameters = (ins "::mlir::Type":$elementType);
  let hasCustomAssemblyFormat = 1;
}
def Many : Params_Type<"Many", "many"> {
  let parameters = (ins ArrayRefParameter<"::mlir::Type">:$types, OptionalParameter<"::mlir::Type">:$last,
                        "int64_t":$count);
  let assemblyFormat = "`<` $count `,` $types (`:` $last^)? `>`";
}
def Nested : Params_Type<"Nested", "nested"> {
  let parameters = (ins "MemType":$mem, "::llvm::SmallVector<::params::MemType, 4>":$more, "::other::ForeignType":$foreign);
  let assemblyFormat = "`<` $mem `,` $foreign `,` $more `>`";
}
def Snake : Params_Type<"Snake", "snake"> {
  let parameters = (ins "Type":$element_type);
  let assemblyFormat = "`<` $element_type `>`";
}

class Follows<string from, string accessor>
  : TypesMatchWith<"", "t", "r", "::llvm::cast<" # from # ">($_self).get" # accessor # "()">;
class Reads<string mnemonic, TypeDef type, string accessor>
  : Op<D, mnemonic, [Follows<type.cppClassName, accessor>]> { let arguments = (ins type:$t); let results = (outs AnyType:$r); }
def MemOp : Reads<"mem", Mem, "Word">;
def ArrOp : Reads<"arr", Arr, "ElementType">;
def WrittenOp : Reads<"written", Written, "ElementType">;
def TypesOp : Reads<"types", Many, "Types">;
def LastOp : Reads<"last", Many, "Last">;
def CountOp : Reads<"count", Many, "Count">;
def NestedOp : Reads<"nested", Nested, "Mem">;
def SnakeOp : Reads<"snake", Snake, "ElementType">;

def LevelAttr : Params_Attr<"Level", "level"> { let parameters = (ins "::mlir::IntegerAttr":$n); let assemblyFormat = "`<` $n `>`"; }
def GainAttr : Params_Attr<"Gain", "gain"> {
  let parameters = (ins "::mlir::FloatAttr":$gain, "LevelAttr":$level, "::mlir::TypeAttr":$type, "bool":$on,
                        ArrayRefParameter<"LevelAttr">:$levels);
  let assemblyFormat = "`<` $gain `,` $level `,` $type `,` $on `,` $levels `>`";
}
def LevelOp : Op<D, "level"> { let arguments = (ins LevelAttr:$x); }
def GainOp : Op<D, "gain"> { let arguments = (ins GainAttr:$x, ArrayAttr:$free, OptionalAttr<TypedArrayAttrBase<GainAttr, "">>:$more); }

// An enum-valued attribute whose form only C++ knows.
def Mode : I32EnumAttr<"Mode", "m", [I32EnumAttrCase<"X", 0, "x">, I32EnumAttrCase<"Y", 1, "y">]> {
  let cppNamespace = "::params";
  let genSpecializedAttr = 0;
}
def ModeAttr : Params_Attr<"Mode", "mode"> { let parameters = (ins EnumParameter<Mode>:$value); let hasCustomAssemblyFormat = 1; }
def KindAttr : Params_Attr<"Kind", "kind"> { let parameters = (ins EnumParameter<Mode>:$value); let assemblyFormat = "custom<Kind>($value)"; }
def OneOp : Op<D, "one"> { let arguments = (ins ModeAttr:$mode, KindAttr:$kind, TypedArrayAttrBase<ModeAttr, "">:$modes, OptionalAttr<ModeAttr>:$maybe); }
