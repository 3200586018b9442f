"""Parameters of attribute and type definitions out of records."""

from __future__ import annotations

import re
from collections.abc import Callable

from opspec.model.constraints import (
    AttributeKind,
    AttributeParameter,
    DefinitionReference,
    DenseArray,
    EnumReference,
    ListOf,
    Literal,
    OpaqueConstraint,
    Parameter,
    ParameterConstraint,
    ParameterKind,
)
from opspec.tablegen.attributes import AttributeReader
from opspec.tablegen.records import Record

__all__ = ["constraint_of", "read_parameter"]

_CPP: dict[str, ParameterConstraint] = {
    "bool": ParameterKind.BOOL,
    "int": ParameterKind.INT32,
    "int32_t": ParameterKind.INT32,
    "int64_t": ParameterKind.INT64,
    "unsigned": ParameterKind.UINT32,
    "uint32_t": ParameterKind.UINT32,
    "uint64_t": ParameterKind.UINT64,
    "size_t": ParameterKind.UINT64,
    "float": ParameterKind.FLOAT,
    "double": ParameterKind.DOUBLE,
    "StringRef": ParameterKind.STRING,
    "std::string": ParameterKind.STRING,
    "Type": ParameterKind.TYPE,
    "Attribute": ParameterKind.ATTRIBUTE,
    "FlatSymbolRefAttr": AttributeParameter(AttributeKind.FLAT_SYMBOL_REF),
    "SymbolRefAttr": AttributeParameter(AttributeKind.SYMBOL_REF),
    "StringAttr": AttributeParameter(AttributeKind.STRING),
    "ArrayAttr": AttributeParameter(AttributeKind.ARRAY),
    "DictionaryAttr": AttributeParameter(AttributeKind.DICTIONARY),
    "FloatAttr": AttributeParameter(AttributeKind.FLOAT),
    "IntegerAttr": AttributeParameter(AttributeKind.INTEGER),
    "BoolAttr": AttributeParameter(AttributeKind.BOOL),
    "TypeAttr": AttributeParameter(AttributeKind.TYPE),
    "UnitAttr": AttributeParameter(AttributeKind.UNIT),
    "AffineMapAttr": AttributeParameter(AttributeKind.AFFINE_MAP),
    "IntegerSetAttr": AttributeParameter(AttributeKind.INTEGER_SET),
}
_TYPES = frozenset(
    "BaseMemRefType ComplexType FloatType FunctionType IndexType IntegerType MemRefType NoneType OpaqueType "
    "RankedTensorType ShapedType TensorType TupleType UnrankedMemRefType UnrankedTensorType VectorType".split()
)
"""MLIR's classes of types: a parameter of one takes a type, of which kind C++ alone checks."""
_DENSE = re.compile(r"Dense(Bool|I8|I16|I32|I64|F32|F64)ArrayAttr")
_LIST = re.compile(r"(?:(?:::)?(?:llvm|mlir)::)?(?:ArrayRef|SmallVector)<(.+?)(?:, *\d+)?>")


def constraint_of(
    cpp: str, is_enum: Callable[[str], bool], definition_of: Callable[[str], DefinitionReference | None]
) -> ParameterConstraint:
    """What a C++ type holds; `is_enum` knows enums by their C++ name, `definition_of` definitions by their class."""
    text = cpp.strip()
    if match := _LIST.fullmatch(text):
        return ListOf(constraint_of(match[1], is_enum, definition_of))
    bare = text.removeprefix("::").removeprefix("mlir::").removeprefix("llvm::").removeprefix("::")
    if bare in _CPP:
        return _CPP[bare]
    if match := _DENSE.fullmatch(bare):
        return AttributeParameter(DenseArray("i1" if match[1] == "Bool" else match[1].lower()))
    if bare in _TYPES:
        return ParameterKind.TYPE
    class_name = bare.rpartition("::")[2]
    if is_enum(text):
        return EnumReference(class_name)
    definition = definition_of(bare)
    if definition is not None:
        return AttributeParameter(definition)
    return OpaqueConstraint(re.sub(r"\W+", "_", class_name).strip("_") or "opaque")


def _constraint(cpp: str, attributes: AttributeReader) -> ParameterConstraint:
    return constraint_of(cpp, attributes.is_enum, attributes.definition_of_class)


def read_parameter(declared: Record | str, enum: Record | None, attributes: AttributeReader) -> Parameter:
    """The parameter that a definition declares, as a C++ type in text or as an `AttrOrTypeParameter` record.

    `enum` is the enum of an `EnumAttr`.
    """
    if isinstance(declared, str):
        return Parameter(_constraint(declared, attributes))
    if declared.isa("EnumParameter") and enum is not None:
        return Parameter(attributes.enum(enum))
    constraint = _constraint(declared.text("cppType"), attributes)
    if not declared.text("defaultValue"):
        return Parameter(constraint)
    optional = declared.isa("OptionalParameter", "OptionalArrayRefParameter")
    default: Literal | None = None
    if not optional:
        default = attributes.parameter_default(declared, constraint)
    return Parameter(constraint, optional, default)
