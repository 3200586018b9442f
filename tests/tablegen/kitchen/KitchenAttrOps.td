// Operations about attributes and properties.
#ifndef KITCHEN_ATTR_OPS
#define KITCHEN_ATTR_OPS

include "KitchenAttrs.td"
include "mlir/IR/Properties.td"

def Kitchen_SpicyListAttr : TypedArrayAttrBase<Kitchen_SpiceAttr, "spices">;

def Kitchen_LabelOp : Kitchen_Op<"label"> {
  let arguments = (ins
    OptionalAttr<StrAttr>:$note,
    BoolAttr:$flag,
    IndexAttr:$position,
    SI32Attr:$signed_count,
    UI8Attr:$unsigned_count,
    APIntAttr:$number,
    F32Attr:$weight,
    TypeAttr:$type,
    TypeAttrOf<AnyFloat>:$float_type,
    DictionaryAttr:$extra,
    ElementsAttr:$elements,
    I64ElementsAttr:$numbers,
    AffineMapAttr:$map,
    IntegerSetAttr:$set,
    LocationAttr:$place,
    SymbolRefAttr:$nested,
    FlatSymbolRefAttr:$flat,
    ArrayAttr:$any_array,
    I64ArrayAttr:$longs,
    Kitchen_SpicyListAttr:$spices,
    OptionalAttr<TypedArrayAttrBase<TypeAttr, "types">>:$types,
    AnyAttrOf<[StrAttr, I32Attr]>:$either,
    AnyAttr:$anything,
    Kitchen_PortionAttr:$portion,
    OptionalAttr<Kitchen_PlainAttr>:$plain,
    ElementsAttrInterface:$by_interface);
}

def Kitchen_DenseOp : Kitchen_Op<"dense"> {
  let arguments = (ins
    DenseBoolArrayAttr:$bools,
    DenseI8ArrayAttr:$bytes,
    DenseI64ArrayAttr:$longs,
    DenseF32ArrayAttr:$floats,
    OptionalAttr<DenseF64ArrayAttr>:$doubles,
    DefaultValuedAttr<DenseI32ArrayAttr, "{}">:$empty,
    ConfinedAttr<DenseI64ArrayAttr, [DenseArrayCount<2>]>:$two);
}

def Kitchen_DefaultOp : Kitchen_Op<"default"> {
  let arguments = (ins
    DefaultValuedAttr<I64Attr, "-7">:$count,
    DefaultValuedAttr<F64Attr, "2.5">:$ratio,
    DefaultValuedAttr<F32Attr, "3.0e-05f">:$tiny,
    DefaultValuedAttr<BoolAttr, "true">:$flag,
    DefaultValuedStrAttr<StrAttr, "a \\\"pinch\\\", or two">:$amount,
    DefaultValuedStrAttr<StrAttr, "">:$nothing,
    DefaultValuedOptionalAttr<I32Attr, "4">:$guests,
    DefaultValuedOptionalStrAttr<StrAttr, "salt">:$taste,
    DefaultValuedAttr<Kitchen_HeatAttr, "::kitchen::Heat::High">:$heat,
    DefaultValuedAttr<Kitchen_SpiceAttr, "::kitchen::Spice::Salt | ::kitchen::Spice::Chili">:$spices,
    DefaultValuedEnumAttr<Kitchen_Grind, I64EnumAttrCase<"Fine", 20>>:$grind,
    DefaultValuedAttr<StrArrayAttr, "{}">:$words,
    DefaultValuedAttr<I64Attr, "::kitchen::kDozen">:$dozen);
}

def Kitchen_EnumOp : Kitchen_Op<"enum"> {
  let arguments = (ins
    Kitchen_HeatAttr:$heat,
    Kitchen_SpiceAttr:$spice,
    Kitchen_Grind:$grind,
    Kitchen_Cut:$cut,
    Kitchen_Tool:$tool,
    OptionalAttr<TypedArrayAttrBase<Kitchen_HeatAttr, "heats">>:$heats);
}

def Kitchen_ConfinedOp : Kitchen_Op<"confined"> {
  let arguments = (ins
    ConfinedAttr<I64Attr, [IntPositive]>:$positive,
    ConfinedAttr<I64Attr, [IntNonNegative, IntMaxValue<10>]>:$ten,
    ConfinedAttr<I32Attr, [IntMinValue<-3>]>:$minus,
    OptionalAttr<IntValidAlignment<I64Attr>>:$alignment,
    ConfinedAttr<I64ArrayAttr, [ArrayMinCount<1>, ArrayMaxCount<3>]>:$some,
    ConfinedAttr<StrArrayAttr, [ArrayCount<2>]>:$two,
    ConfinedAttr<I32Attr, [IntIsOneOf<[1, 2, 4]>]>:$one_of,
    DefaultValuedAttr<ConfinedAttr<I64Attr, [IntNonNegative]>, "0">:$zero);
}

// Not stored: its value follows from the operands.
def Kitchen_DerivedOp : Kitchen_Op<"derived"> {
  let arguments = (ins AnyTensor:$batch);
  DerivedAttr size = DerivedAttr<"int64_t", "return 1;", "$_builder.getI64IntegerAttr($_self)">;
  DerivedTypeAttr element = DerivedTypeAttr<"return getElementTypeOrSelf(getBatch());">;
}

def Kitchen_PropertyOp : Kitchen_Op<"property"> {
  let arguments = (ins
    I64Prop:$count,
    I32Prop:$small,
    BoolProp:$flag,
    StringProp:$name,
    UnitProp:$present,
    DefaultValuedProp<I64Prop, "3">:$guests,
    DefaultValuedProp<BoolProp, "true">:$hot,
    OptionalProp<I64Prop>:$maybe,
    ConfinedProp<I64Prop, CPred<"$_self > 0">>:$positive,
    IntArrayProp<I64Prop>:$list,
    EnumProp<Kitchen_Heat>:$heat);
}

#endif // KITCHEN_ATTR_OPS
