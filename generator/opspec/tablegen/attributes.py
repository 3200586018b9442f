"""Attribute constraints and their defaults out of records."""

from __future__ import annotations

import re

from opspec.diagnostics import Diagnostic
from opspec.model.constraints import (
    AnyConstraint,
    AnyOf,
    ArrayOf,
    Attribute,
    AttributeConstraint,
    AttributeKind,
    Builtin,
    Confined,
    DefinitionReference,
    DenseArray,
    EnumReference,
    IntegerOf,
    InterfaceConstraint,
    Literal,
    OpaqueConstraint,
    ParameterConstraint,
    Refinement,
    TypeConstraint,
    TypeOf,
)
from opspec.tablegen.cpp.enums import CppEnum
from opspec.tablegen.cpp.errors import NotConstant
from opspec.tablegen.defaults import DefaultReader, ReadDefault, refused_default
from opspec.tablegen.definitions import Definitions
from opspec.tablegen.expressions import bare
from opspec.tablegen.records import Record
from opspec.tablegen.types import TypeReader

__all__ = ["AttributeReader"]

_NAMED: dict[str, AttributeConstraint] = {
    "AnyAttr": AnyConstraint(),
    "BoolAttr": AttributeKind.BOOL,
    "APIntAttr": AttributeKind.INTEGER,
    "IndexAttr": AttributeKind.INDEX,
    "StrAttr": AttributeKind.STRING,
    "UnitAttr": AttributeKind.UNIT,
    "ArrayAttr": AttributeKind.ARRAY,
    "DictionaryAttr": AttributeKind.DICTIONARY,
    "TypeAttr": AttributeKind.TYPE,
    "SymbolNameAttr": AttributeKind.SYMBOL_NAME,
    "SymbolRefAttr": AttributeKind.SYMBOL_REF,
    "FlatSymbolRefAttr": AttributeKind.FLAT_SYMBOL_REF,
    "AffineMapAttr": AttributeKind.AFFINE_MAP,
    "IntegerSetAttr": AttributeKind.INTEGER_SET,
    "ElementsAttr": AttributeKind.ELEMENTS,
    "LocationAttr": AttributeKind.LOCATION,
    "Builtin_StringAttr": AttributeKind.STRING,
    "Builtin_ArrayAttr": AttributeKind.ARRAY,
    "Builtin_DictionaryAttr": AttributeKind.DICTIONARY,
    "Builtin_TypeAttr": AttributeKind.TYPE,
    "Builtin_UnitAttr": AttributeKind.UNIT,
    "Builtin_IntegerAttr": AttributeKind.INTEGER,
    "Builtin_FloatAttr": AttributeKind.FLOAT,
}
_INTEGER_ATTR = re.compile(r"(SI|UI|I)(\d+)Attr")
_FLOAT_ATTR = re.compile(r"F(\d+)Attr")
_DENSE_ATTR = re.compile(r"Dense(Bool|I8|I16|I32|I64|F32|F64)ArrayAttr")
_PROPERTIES: dict[str, AttributeConstraint] = {
    "BoolProp": AttributeKind.BOOL,
    "I32Prop": IntegerOf("i", 32),
    "I64Prop": IntegerOf("i", 64),
    "StringProp": AttributeKind.STRING,
}
_REFINEMENTS = {
    "IntPositive": Refinement("positive"),
    "IntNonNegative": Refinement("non_negative"),
    "IntNonZero": Refinement("non_zero"),
    "IntPowerOf2": Refinement("power_of_two"),
}
_CONDITIONS = {
    "isStrictlyPositive": Refinement("positive"),
    "isPowerOf2": Refinement("power_of_two"),
    "isNonNegative": Refinement("non_negative"),
}
_CONDITION = re.compile(r"::llvm::cast<::mlir::IntegerAttr>\(\$_self\)\.getValue\(\)\.(\w+)\(\)")
_BOUND = re.compile(r"::llvm::cast<::mlir::IntegerAttr>\(\$_self\)\.get\w+\(\) ?(>=|<=|>|<) ?(-?\d+)")
_LENGTH = re.compile(r"::llvm::cast<::mlir::\w*ArrayAttr>\(\$_self\)\.size\(\) ?(>=|<=|==) ?(\d+)")
_HELD_TYPE = re.compile(r"(?:::)?(?:llvm::)?cast<(?:::)?mlir::TypeAttr>\(\$_self\)\.getValue\(\)")
_BOUND_WORDS = {">=": ("min", 0), ">": ("min", 1), "<=": ("max", 0), "<": ("max", -1)}
_LENGTH_WORDS = {">=": "min_count", "<=": "max_count", "==": "count"}


class AttributeReader:
    """Reads attribute constraints; remembers which enums and definitions they refer to."""

    def __init__(self, definitions: Definitions, types: TypeReader) -> None:
        self._definitions = definitions
        self._types = types
        self.enums: dict[str, Record] = {}
        self.definitions: dict[str, Record] = {}
        self._defaults = DefaultReader(definitions.enums, self._enum_of)
        self.refused: list[Diagnostic] = []
        """Warnings about defaults that their own attributes or parameters do not take."""

    def declaration(self, record: Record) -> Attribute:
        """The declaration `optional`, constraint and default of an operation's attribute."""
        if record.name == "UnitAttr" or record.isa("UnitAttr"):
            return Attribute(AttributeKind.UNIT, optional=True)
        constraint = self.read(record)
        default: Literal | None = None
        if record.text("defaultValue"):
            default = self._default(record, constraint)
        return Attribute(constraint, bool(record.number("isOptional")), default)

    def property_declaration(self, record: Record) -> Attribute:
        """The declaration of a property: typed data of an operation that MLIR keeps outside its attributes."""
        base = record.record("baseProperty") or record
        constraint = _PROPERTIES.get(base.name) or _PROPERTIES.get(record.name)
        default: Literal | None = None
        if record.text("defaultValue"):
            default = self._default(record, constraint or OpaqueConstraint(base.stable_name))
        if record.isa("ConfinedProp"):
            constraint = Confined(constraint or OpaqueConstraint(base.stable_name), (Refinement("opaque"),))
        if record.name == "UnitProp":
            return Attribute(AttributeKind.UNIT, optional=True, is_property=True)
        return Attribute(constraint or OpaqueConstraint(record.stable_name), False, default, True)

    def read(self, record: Record) -> AttributeConstraint:
        """The constraint that an `AttrConstraint` record states."""
        named = self._named(record.name)
        if named is not None:
            return named
        if record.isa("AttrDef"):
            return self._definition(record)
        if record.isa("EnumAttrInfo", "EnumInfo"):
            return self.enum(record)
        base = record.record("baseAttr")
        if base is not None and record.isa("ConfinedAttr"):
            return self._confined(record, base)
        element = record.record("elementAttr")
        if element is not None and record.isa("TypedArrayAttrBase"):
            return ArrayOf(self.read(element))
        if record.isa("AnyAttrOf"):
            return AnyOf(tuple(self.read(option) for option in record.list("allowedAttributes")))
        if record.isa("TypedSignlessIntegerAttrBase", "TypedSignedIntegerAttrBase", "TypedUnsignedIntegerAttrBase"):
            value_type = record.record("valueType")
            constraint = self._types.read(value_type) if value_type is not None else None
            if isinstance(constraint, IntegerOf):
                return constraint
        if record.isa("TypeAttrBase", "TypeAttrOf"):
            return self._type_attribute(record)
        if record.isa("AttrInterface"):
            return InterfaceConstraint(record.text("cppInterfaceName"))
        if base is not None:
            return self.read(base)
        return OpaqueConstraint(record.stable_name)

    def _type_attribute(self, record: Record) -> AttributeConstraint:
        """A type attribute; what type it holds stands in its predicate, behind `cast<TypeAttr>($_self).getValue()`."""
        predicate = record.record("predicate")
        of_class: TypeConstraint | None = None
        for part in predicate.list("children") if predicate is not None else ():
            if part.isa("CPred"):
                of_class = self._types.of_condition(_HELD_TYPE.sub("$_self", part.text("predExpr"))) or of_class
            if part.isa("SubstLeaves") and "TypeAttr" in part.text("replacement"):
                held = self._types.of_predicate(part.list("children")[0])
                if isinstance(held, AnyConstraint):
                    held = of_class or held
                return TypeOf(held) if held is not None else OpaqueConstraint(record.stable_name)
        return AttributeKind.TYPE if predicate is not None else OpaqueConstraint(record.stable_name)

    def enum(self, record: Record) -> EnumReference:
        """A reference to an enum, remembered."""
        name = record.text("className")
        self.enums[name] = record
        return EnumReference(name)

    def is_enum(self, name: str) -> bool:
        """Whether the C++ type is an enum that is remembered, and no other one of that name."""
        record = self.enums.get(name.rpartition("::")[2])
        try:
            named = self._definitions.enums.named(name)
        except NotConstant:
            named = None
        return record is not None and named in (None, CppEnum.of(record))

    def definition_of_class(self, name: str) -> DefinitionReference | None:
        """The attribute definition of the C++ class, remembered; only its name, or that with its namespaces."""
        record = self._definitions.attribute_of_class(name)
        reference = self._definition(record) if record is not None else None
        return reference if isinstance(reference, DefinitionReference) else None

    def _definition(self, record: Record) -> AttributeConstraint:
        reference = self._definitions.reference(record)
        if reference is None:
            return OpaqueConstraint(record.stable_name)
        self.definitions[f"{reference.dialect}.{reference.mnemonic}"] = record
        return reference

    @staticmethod
    def _named(name: str) -> AttributeConstraint | None:
        if name in _NAMED:
            return _NAMED[name]
        if match := _INTEGER_ATTR.fullmatch(name):
            return IntegerOf(match[1].lower(), int(match[2]))
        if match := _FLOAT_ATTR.fullmatch(name):
            return Builtin(f"f{match[1]}")
        if match := _DENSE_ATTR.fullmatch(name):
            return DenseArray("i1" if match[1] == "Bool" else match[1].lower())
        return None

    def _confined(self, record: Record, base: Record) -> AttributeConstraint:
        refinements: list[Refinement] = []
        for constraint in record.list("attrConstraints"):
            found = self._refinements(constraint)
            if not found:
                return Confined(self.read(base), (Refinement("opaque"),))
            refinements += found
        return Confined(self.read(base), tuple(dict.fromkeys(refinements)))

    def _refinements(self, constraint: Record) -> list[Refinement]:
        if constraint.name in _REFINEMENTS:
            return [_REFINEMENTS[constraint.name]]
        predicate = constraint.record("predicate")
        return self._conditions(predicate) if predicate is not None else []

    def _conditions(self, predicate: Record) -> list[Refinement]:
        if predicate.isa("And"):
            found = [self._conditions(child) for child in predicate.list("children")]
            return [refinement for part in found for refinement in part] if all(found) else []
        text = bare(predicate.text("predExpr"))
        if text == "!::llvm::cast<::mlir::IntegerAttr>($_self).getValue().isNegative()":
            return [Refinement("non_negative")]
        if match := _BOUND.fullmatch(text):
            word, offset = _BOUND_WORDS[match[1]]
            return [Refinement(word, (int(match[2]) + offset,))]
        if match := _LENGTH.fullmatch(text):
            return [Refinement(_LENGTH_WORDS[match[1]], (int(match[2]),))]
        match = _CONDITION.fullmatch(text)
        return [_CONDITIONS[match[1]]] if match and match[1] in _CONDITIONS else []

    def _default(self, record: Record, constraint: AttributeConstraint) -> Literal:
        """The default of an attribute or property; a warning is kept where its constraint does not take it."""
        text = record.text("defaultValue")
        if '"$0"' in record.text("constBuilderCall"):  # before LLVM 14 the builder wrote the quotes
            text = f'"{text}"'
        return self._checked(record, self._defaults.attribute(text, constraint))

    def parameter_default(self, record: Record, constraint: ParameterConstraint) -> Literal:
        """The default of a parameter; a warning is kept where the parameter does not take it."""
        return self._checked(record, self._defaults.parameter(record.text("defaultValue"), constraint))

    def _checked(self, record: Record, read: ReadDefault) -> Literal:
        if read.refused:
            self.refused.append(refused_default(record, read.refused))
        return read.literal

    def _enum_of(self, constraint: AttributeConstraint) -> CppEnum | None:
        if isinstance(constraint, DefinitionReference):
            definition = self.definitions.get(f"{constraint.dialect}.{constraint.mnemonic}")
            return self._definitions.enum_held_by(definition) if definition is not None else None
        record = self.enums.get(constraint.name) if isinstance(constraint, EnumReference) else None
        return CppEnum.of(record) if record is not None else None
