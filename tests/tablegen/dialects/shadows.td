// Parts that are called like types which annotations need, and names of a length that lines end in.
include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
def D : Dialect { let name = "shadows"; let cppNamespace = "::shadows"; }
def BoxAttr : AttrDef<D, "Box"> {
  let mnemonic = "box";
  let parameters = (ins "int64_t":$type, "bool":$int, "::llvm::StringRef":$str, ArrayRefParameter<"int64_t">:$list, "double":$float, "int64_t":$bool, "int64_t":$context);
  let assemblyFormat = "`<` $type `,` $int `,` $str `,` $list `,` $float `,` $bool `,` $context `>`";
}
def BoxType : TypeDef<D, "BoxT"> {
  let mnemonic = "boxt";
  let parameters = (ins "int64_t":$str, "::mlir::Type":$type, "int64_t":$typeid);
  let assemblyFormat = "`<` $str `,` $type `,` $typeid `>`";
}
def AOp : Op<D, "a", []> {
  let arguments = (ins StrAttr:$str, StrAttr:$other, BoxAttr:$box, BoolAttr:$bool, I64Attr:$int, F64Attr:$float,
                       DictionaryAttr:$dict, ArrayAttr:$list, TypeAttr:$type, OptionalAttr<StrAttr>:$tuple, F64Attr:$set,
                       I64ArrayAttr:$numbers, DictionaryAttr:$words, F64Attr:$property, UnitAttr:$object);
}
def BOp : Op<D, "b", []> { let arguments = (ins F64:$x); let results = (outs Variadic<AnyType>:$result); }
def COp : Op<D, "c", []> { let arguments = (ins Variadic<F64>:$str); let results = (outs Optional<AnyType>:$result, F64:$list); }
def DOp : Op<D, "d", []> { let arguments = (ins F64:$classmethod); let results = (outs F64:$result, F64:$other); let regions = (region AnyRegion:$int); }
def Words : I32EnumAttr<"Words", "", [I32EnumAttrCase<"int", 0, "int">, I32EnumAttrCase<"str", 1, "str">, I32EnumAttrCase<"Str", 2, "Str">]> { let cppNamespace = "::shadows"; }
def WordsOp : Op<D, "words"> { let arguments = (ins Words:$str, Words:$x); }
