"""Traits and interfaces out of records."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opspec.dataclass import dataclass
from opspec.model.constraints import (
    AllTypesMatch,
    DefinitionReference,
    HasParent,
    NamedTrait,
    Projection,
    ProjectionKind,
    Trait,
    TypesMatchWith,
)
from opspec.tablegen.operations import Operations
from opspec.tablegen.records import Record

__all__ = ["TraitReader"]

_PARAMETRIC = re.compile(r"(?:::mlir::OpTrait::)?(\w+)<(.*)>::Impl", re.DOTALL)
_CAST = re.compile(r"(?:::)?(?:llvm::|mlir::)?cast<(?:::)?([\w:]+)>\(\$_self\)\.get(\w+)\(\)")
_ARGUMENT = re.compile(r"(?:::)?[A-Za-z_][\w:]*|\d+")
_SHAPED = ("MemRefType", "ShapedType", "TensorType", "RankedTensorType", "VectorType", "BaseMemRefType")


_KEPT_LISTS = ("Pure", "ReturnLike", "AlwaysSpeculatable", "RecursivelySpeculatable", "ElementwiseMappable")
"""Lists of traits that are known by their own names."""


def _expanded(traits: tuple[Record, ...]) -> Iterator[Record]:
    """The traits, with those of unfamiliar lists in their place."""
    for record in traits:
        if record.isa("TraitList") and record.name not in _KEPT_LISTS:
            yield from _expanded(record.list("traits"))
        else:
            yield record


@dataclass(frozen=True, slots=True)
class ReadTraits:
    """The traits of an operation, and the names of its interfaces."""

    traits: tuple[Trait, ...]
    interfaces: tuple[str, ...]


class TraitReader:
    """Reads the `traits` field of operations."""

    def __init__(self, operations: Operations, type_definitions: tuple[Record, ...]) -> None:
        self._operations = operations
        self._types = type_definitions

    def read(self, operation: Record) -> ReadTraits:
        """The traits of an operation, in source order, and its interfaces."""
        traits: list[Trait] = []
        interfaces: list[str] = []
        parts = frozenset(
            name for key in ("arguments", "results") for _, name in operation.dag(key) if name is not None
        )
        for record in _expanded(operation.list("traits")):
            if record.isa("MemoryEffects"):
                interfaces.append("MemoryEffectsOpInterface")
            elif record.isa("InterfaceTrait") and not record.isa("TraitList"):
                interfaces.append(record.text("cppInterfaceName") or record.text("trait").partition("::")[0])
            else:
                traits.append(self._trait(record, parts))
        return ReadTraits(tuple(dict.fromkeys(traits)), tuple(dict.fromkeys(interfaces)))

    def _trait(self, record: Record, parts: frozenset[str]) -> Trait:
        """The trait that a record states about an operation with these parts."""
        if record.isa("TypesMatchWith"):
            if {record.text("lhs"), record.text("rhs")} <= parts:
                return TypesMatchWith(record.text("rhs"), self._projection(record))
            return NamedTrait("opaque", (record.stable_name,))  # about pieces of C++
        if record.isa("AllTypesMatch"):
            names = record.texts("values")
            return AllTypesMatch(names) if parts.issuperset(names) else NamedTrait("opaque", ("AllTypesMatch",))
        match = _PARAMETRIC.fullmatch(record.text("trait"))
        if match is not None:
            return self._parametric(match[1], match[2])
        return NamedTrait(record.stable_name)

    def _parametric(self, name: str, inside: str) -> Trait:
        arguments = [part.strip() for part in inside.split(",")]
        if name == "HasParent":
            found = (self._operations.name(argument) or argument.removeprefix("::") for argument in arguments)
            return HasParent(tuple(dict.fromkeys(found)))
        if not all(_ARGUMENT.fullmatch(argument) for argument in arguments):
            return NamedTrait(name)
        return NamedTrait(name, tuple(self._operations.name(each) or each.rpartition("::")[2] for each in arguments))

    def _projection(self, record: Record) -> Projection:
        source, transformer = record.text("lhs"), record.text("transformer")
        if transformer == "$_self":
            return Projection(ProjectionKind.SAME, source)
        match = _CAST.fullmatch(transformer)
        if match is None:
            return Projection(ProjectionKind.OPAQUE, source)
        class_name, accessor = match[1].rpartition("::")[2], match[2]
        if class_name in _SHAPED and accessor == "ElementType":
            return Projection(ProjectionKind.ELEMENT_TYPE, source)
        for definition in self._types:
            dialect = definition.record("dialect")
            for _, parameter in definition.dag("parameters"):
                if (
                    definition.text("cppClassName") == class_name
                    and dialect is not None
                    and parameter is not None
                    and parameter.replace("_", "").lower() == accessor.lower()
                    and definition.text("mnemonic")
                ):
                    reference = DefinitionReference(dialect.text("name"), definition.text("mnemonic"))
                    return Projection(ProjectionKind.PARAMETER, source, reference, parameter)
        return Projection(ProjectionKind.OPAQUE, source)
