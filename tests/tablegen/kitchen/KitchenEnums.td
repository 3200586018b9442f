// Enums: of integers and of bits, kept as attributes, as plain integers and as properties.
#ifndef KITCHEN_ENUMS
#define KITCHEN_ENUMS

include "KitchenDialect.td"
include "mlir/IR/EnumAttr.td"

// Printed otherwise than it is called in C++, with a gap and a case that is out of order.
def Kitchen_Heat : I32Enum<"Heat", "how hot", [
    I32EnumCase<"Off", 0, "off">,
    I32EnumCase<"High", 9, "high">,
    I32EnumCase<"Low", 1, "low-heat">]> {
  let cppNamespace = "::kitchen";
}
def Kitchen_HeatAttr : EnumAttr<Kitchen_Dialect, Kitchen_Heat, "heat">;

// The older form, kept in a plain integer attribute.
def Kitchen_Grind : I64EnumAttr<"Grind", "how fine", [
    I64EnumAttrCase<"Coarse", 10>,
    I64EnumAttrCase<"Fine", 20>]> {
  let cppNamespace = "::kitchen";
  let genSpecializedAttr = 0;
}

// The older form with an attribute class of its own.
def Kitchen_Cut : I32EnumAttr<"Cut", "which cut", [
    I32EnumAttrCase<"Dice", 0, "dice">,
    I32EnumAttrCase<"Slice", 1, "slice">]> {
  let cppNamespace = "::kitchen";
}

def Kitchen_SpiceNone : I8BitEnumCaseNone<"None", "none">;
def Kitchen_SpiceSalt : I8BitEnumCaseBit<"Salt", 0, "salt">;
def Kitchen_SpicePepper : I8BitEnumCaseBit<"Pepper", 1, "pepper">;
def Kitchen_SpiceChili : I8BitEnumCaseBit<"Chili", 4, "chili">;
def Kitchen_SpiceHot : BitEnumCaseGroup<"Hot", [Kitchen_SpicePepper, Kitchen_SpiceChili], "hot">;
def Kitchen_Spice : I8BitEnum<"Spice", "which spices", [
    Kitchen_SpiceNone, Kitchen_SpiceSalt, Kitchen_SpicePepper, Kitchen_SpiceChili, Kitchen_SpiceHot]> {
  let cppNamespace = "::kitchen";
  let separator = ", ";
  let printBitEnumPrimaryGroups = 1;
}
def Kitchen_SpiceAttr : EnumAttr<Kitchen_Dialect, Kitchen_Spice, "spice"> {
  let assemblyFormat = "`<` $value `>`";
}

// Bits with the usual separator, kept in a plain integer attribute.
def Kitchen_Tool : I32BitEnumAttr<"Tool", "which tools", [
    I32BitEnumAttrCaseBit<"Knife", 0, "knife">,
    I32BitEnumAttrCaseBit<"Whisk", 1, "whisk">]> {
  let cppNamespace = "::kitchen";
  let genSpecializedAttr = 0;
}

#endif // KITCHEN_ENUMS
