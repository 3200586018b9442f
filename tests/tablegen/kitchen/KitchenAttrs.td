// Attributes with every kind of parameter.
#ifndef KITCHEN_ATTRS
#define KITCHEN_ATTRS

include "KitchenTypes.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"

class Kitchen_Attr<string name, string attrMnemonic, list<Trait> traits = []>
    : AttrDef<Kitchen_Dialect, name, traits> {
  let mnemonic = attrMnemonic;
}

def Kitchen_PlainAttr : Kitchen_Attr<"Plain", "plain">;

def Kitchen_PortionAttr : Kitchen_Attr<"Portion", "portion"> {
  let parameters = (ins
    "::mlir::FlatSymbolRefAttr":$dish,
    "uint32_t":$guests,
    DefaultValuedParameter<"double", "1.5">:$size,
    OptionalParameter<"::mlir::Attribute">:$note);
  let assemblyFormat = "`<` $dish `,` $guests (`,` `size` `=` $size^)? (`,` `note` `=` $note^)? `>`";
}

def Kitchen_StepsAttr : Kitchen_Attr<"Steps", "steps"> {
  let parameters = (ins ArrayRefParameter<"int64_t">:$minutes, DefaultValuedParameter<"int32_t", "2">:$cooks);
  let assemblyFormat = "`<` struct(params) `>`";
}

def Kitchen_GuestsAttr : ArrayOfAttr<Kitchen_Dialect, "Guests", "guests", "::mlir::StringAttr">;

#endif // KITCHEN_ATTRS
