// Types with every kind of parameter, and type constraints with and without a structural form.
#ifndef KITCHEN_TYPES
#define KITCHEN_TYPES

include "KitchenEnums.td"
include "mlir/IR/AttrTypeBase.td"

class Kitchen_Type<string name, string typeMnemonic, list<Trait> traits = []>
    : TypeDef<Kitchen_Dialect, name, traits> {
  let mnemonic = typeMnemonic;
}

def Kitchen_SpoonType : Kitchen_Type<"Spoon", "spoon">;

// Buildable: a result of this type needs no type from the caller.
def Kitchen_OrderType : Kitchen_Type<"Order", "order">, BuildableType<"$_builder.getType<::kitchen::OrderType>()">;

def Kitchen_DoughType : Kitchen_Type<"Dough", "dough"> {
  let parameters = (ins
    "::mlir::Type":$flour,
    OptionalParameter<"::mlir::StringAttr">:$label,
    DefaultValuedParameter<"int64_t", "500">:$grams,
    DefaultValuedParameter<"bool", "true">:$rolled);
  let assemblyFormat = "`<` $flour (`,` $label^)? (`,` `grams` `=` $grams^)? (`,` `rolled` `=` $rolled^)? `>`";
}

def Kitchen_TrayType : Kitchen_Type<"Tray", "tray"> {
  let parameters = (ins
    ArrayRefParameter<"int64_t">:$shape,
    EnumParameter<Kitchen_Heat>:$heat);
  let assemblyFormat = "`<` $shape `:` $heat `>`";
}

def Kitchen_MenuType : Kitchen_Type<"Menu", "menu"> {
  let parameters = (ins
    StringRefParameter<"its title">:$title,
    OptionalArrayRefParameter<"::mlir::Type">:$courses);
  let assemblyFormat = "`<` $title (`,` $courses^)? `>`";
}

// Parsed and printed by C++.
def Kitchen_ShelfType : Kitchen_Type<"Shelf", "shelf"> {
  let parameters = (ins "unsigned":$height, APFloatParameter<"no word for this one">:$depth);
  let hasCustomAssemblyFormat = 1;
}

def Kitchen_Weight : AnyTypeOf<[F32, F64, AnySignlessInteger, Index]>;
def Kitchen_Mass : AnyTypeOf<[F16, BF16, F32, F64, F80, F128, SI<32>, UI<16>, I<7>]>;

// Only C++ can say.
def Kitchen_Fresh : Type<CPred<"::kitchen::isFresh($_self)">, "something fresh">;
// Half of it only C++ can say.
def Kitchen_FreshTensor : ConfinedType<AnyTensor, [CPred<"::kitchen::isFresh($_self)">], "a fresh tensor">;

#endif // KITCHEN_TYPES
