include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/BuiltinAttributes.td"

// Attributes that hold the case of an enum, and defaults of them; two enums have the same name and the same cases.
def D : Dialect { let name = "cases"; let cppNamespace = "::cases"; }
def In : I32EnumAttrCase<"In", 0, "in">;
def Out : I32EnumAttrCase<"Out", 1, "out">;
def Kind : I32EnumAttr<"Kind", "k", [In, Out]> { let cppNamespace = "::cases"; let genSpecializedAttr = 0; }
def Inner : I32EnumAttr<"Kind", "k", [Out, In]> { let cppNamespace = "::cases::inner"; let genSpecializedAttr = 0; }
def Other : I32EnumAttr<"Other", "o", [In, Out]> { let cppNamespace = "::cases"; let genSpecializedAttr = 0; }
def Bit : I32BitEnumAttr<"Bit", "b", [I32BitEnumAttrCaseBit<"A", 0, "a">, I32BitEnumAttrCaseBit<"B", 1, "b">]> { let cppNamespace = "::cases"; let genSpecializedAttr = 0; }
def KindAttr : EnumAttr<D, Kind, "kind">;
def BitAttr : EnumAttr<D, Bit, "bit">;
def OtherAttr : AttrDef<D, "Other"> { let mnemonic = "other"; let parameters = (ins EnumParameter<Other>:$value); let assemblyFormat = "`<` $value `>`"; }
def PlainAttr : AttrDef<D, "Plain"> { let mnemonic = "plain"; let parameters = (ins "::cases::Kind":$value); let assemblyFormat = "`<` $value `>`"; }
def TwoAttr : AttrDef<D, "Two"> { let mnemonic = "two"; let parameters = (ins EnumParameter<Kind>:$value, "int64_t":$n); let assemblyFormat = "`<` $value `,` $n `>`"; }
def NumAttr : AttrDef<D, "Num"> { let mnemonic = "num"; let parameters = (ins "int64_t":$n); let assemblyFormat = "`<` $n `>`"; }
def HolderAttr : AttrDef<D, "Holder"> { let mnemonic = "holder"; let parameters = (ins
  DefaultValuedParameter<"KindAttr", "KindAttr::get($_ctxt, Kind::Out)">:$a,
  DefaultValuedParameter<"::cases::KindAttr", "::cases::KindAttr::get($_ctxt, ::cases::Kind::Out)">:$b,
  DefaultValuedParameter<"Kind", "Kind::Out">:$c,
  DefaultValuedParameter<"::cases::Kind", "::cases::Kind::Out">:$d,
  DefaultValuedParameter<"::cases::inner::Kind", "::cases::inner::Kind::Out">:$e,
  DefaultValuedParameter<"OtherAttr", "OtherAttr::get($_ctxt, Other::Out)">:$f,
  DefaultValuedParameter<"OtherAttr", "OtherAttr::get($_ctxt, Kind::Out)">:$g,
  DefaultValuedParameter<"BitAttr", "BitAttr::get($_ctxt, Bit::A | Bit::B)">:$h,
  DefaultValuedParameter<"PlainAttr", "PlainAttr::get($_ctxt, Kind::In)">:$i,
  DefaultValuedParameter<"Other", "Kind::Out">:$j,
  DefaultValuedParameter<"NumAttr", "NumAttr::get($_ctxt, 5)">:$k,
  DefaultValuedParameter<"ArrayRef<Kind>", "ArrayRef<Kind>{Kind::In, Kind::Out}">:$l
 ); let assemblyFormat = "`<` struct(params) `>`"; }
def HOp : Op<D, "h"> { let arguments = (ins HolderAttr:$x); }
def EOp : Op<D, "e"> { let arguments = (ins
 DefaultValuedAttr<KindAttr, "::cases::Kind::In">:$a,
 DefaultValuedAttr<OtherAttr, "::cases::Other::Out">:$b,
 DefaultValuedAttr<OtherAttr, "OtherAttr::get($_builder.getContext(), Other::Out)">:$c,
 DefaultValuedAttr<KindAttr, "KindAttr::get($_builder.getContext(), Kind::Out)">:$d,
 DefaultValuedAttr<KindAttr, "::cases::inner::Kind::Out">:$e,
 DefaultValuedAttr<PlainAttr, "::cases::Kind::Out">:$f,
 DefaultValuedAttr<TwoAttr, "::cases::Kind::Out">:$g,
 DefaultValuedAttr<NumAttr, "5">:$h,
 DefaultValuedAttr<OtherAttr, "Kind::Out">:$i,
 DefaultValuedAttr<BitAttr, "Bit::A|Bit::B">:$j,
 DefaultValuedAttr<PlainAttr, "PlainAttr::get($_builder.getContext(), Kind::Out)">:$k,
 DefaultValuedAttr<NumAttr, "NumAttr::get($_builder.getContext(), 5)">:$l,
 DefaultValuedAttr<TypedArrayAttrBase<KindAttr, "ks">, "{Kind::In}">:$m,
 DefaultValuedAttr<KindAttr, "$_builder.getAttr<KindAttr>(Kind::Out)">:$n,
 DefaultValuedAttr<KindAttr, "$_builder.getAttr<::cases::KindAttr>(::cases::Kind::Out)">:$o
); }
def CustomAttr : AttrDef<D, "Custom"> { let mnemonic = "custom"; let parameters = (ins EnumParameter<Kind>:$value); let hasCustomAssemblyFormat = 1; }
def COp : Op<D, "c"> { let arguments = (ins DefaultValuedAttr<CustomAttr, "Kind::Out">:$a, DefaultValuedAttr<TypedArrayAttrBase<CustomAttr, "x">, "{}">:$b); }
