"""A dialect's facts out of TableGen records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from opspec.diagnostics import Diagnostic, Diagnostics, ToolError
from opspec.model.constraints import Effect, Multiplicity, RegionConstraint, Value
from opspec.model.dialect import (
    Argument,
    AttributeDefinition,
    Dialect,
    Doc,
    Enum,
    EnumCase,
    NamedAttribute,
    NamedConstraint,
    NamedParameter,
    NamedValue,
    Operation,
    Region,
    Successor,
    TypeDefinition,
)
from opspec.model.projections import check_projections
from opspec.notation.formats import CUSTOM
from opspec.tablegen.attributes import AttributeReader
from opspec.tablegen.definitions import Definitions
from opspec.tablegen.docs import read_doc
from opspec.tablegen.expressions import bare
from opspec.tablegen.inference import infers_results
from opspec.tablegen.operations import Operations, operation_class
from opspec.tablegen.parameters import read_parameter
from opspec.tablegen.records import Record, Records
from opspec.tablegen.traits import TraitReader
from opspec.tablegen.types import TypeReader

__all__ = ["extract"]

_EFFECTS = {
    "::mlir::MemoryEffects::Allocate": Effect.ALLOCATE,
    "::mlir::MemoryEffects::Free": Effect.FREE,
    "::mlir::MemoryEffects::Read": Effect.READ,
    "::mlir::MemoryEffects::Write": Effect.WRITE,
}


class _Extractor:
    def __init__(self, records: Records, dialect: Record, *, words: bool) -> None:
        self._records = records
        self._doc = read_doc if words else _no_doc
        self._dialect = dialect
        self._name = dialect.text("name")
        self._definitions = Definitions(records, dialect.text("cppNamespace"))
        self._types = TypeReader(self._definitions)
        self._attributes = AttributeReader(self._definitions, self._types)
        self._traits = TraitReader(
            Operations(records, dialect.text("cppNamespace")), tuple(records.of_class("TypeDef"))
        )

    def dialect(self, provenance: Iterable[tuple[str, str]]) -> Dialect:
        for record in self._records.of_class("EnumInfo"):
            if self._defined_in(record) == self._name:
                self._attributes.enum(record)
        operations = sorted(
            (self._operation(record) for record in self._records.of_class("Op") if self._is_own(record, "opDialect")),
            key=lambda operation: operation.mnemonic,
        )
        own = [record for record in self._records.of_class("AttrDef") if self._is_written(record)]
        referenced = [self._attributes.definitions[key] for key in sorted(self._attributes.definitions)]
        foreign = [record for record in referenced if not self._is_own(record, "dialect")]
        attributes = tuple(
            AttributeDefinition(*self._definition(record), doc=self._doc(record))
            for record in [*sorted(own, key=lambda r: r.text("mnemonic")), *foreign]
        )
        types = [
            TypeDefinition(*self._definition(record), doc=self._doc(record))
            for record in self._records.of_class("TypeDef")
            if self._is_written(record)
        ]
        types += [
            TypeDefinition(reference.mnemonic, class_name, (), CUSTOM)
            for reference, class_name in self._definitions.written_in_cpp.items()
            if reference.dialect == self._name
        ]
        types.sort(key=lambda definition: definition.mnemonic)
        enums = tuple(self._enum(record) for _, record in sorted(self._attributes.enums.items()))
        constraints = tuple(NamedConstraint(name, self._types.named[name]) for name in sorted(self._types.named))
        dialect = Dialect(
            name=self._name,
            doc=self._doc(self._dialect),
            enums=enums,
            attributes=attributes,
            types=tuple(types),
            operations=tuple(operations),
            constraints=constraints,
            provenance=tuple(provenance),
        )
        return check_projections(dialect)

    def left_out(self) -> Iterator[str]:
        """What is said about each definition whose mnemonic another one has."""
        for kind, sigil in (("AttrDef", "#"), ("TypeDef", "!")):
            for record in self._records.of_class(kind):
                other = self._definitions.same_as(record)
                if other is None or not self._is_own(record, "dialect"):
                    continue
                text = f"{sigil}{self._name}.{record.text('mnemonic')}"
                yield (
                    f"{record.name} and {other.name} are both written {text}, of which MLIR reads the first in the .td "
                    f"file: the facts have {other.name}, and {record.name} is opaque"
                )

    def _is_written(self, record: Record) -> bool:
        """Whether the facts have an attribute or type: one of this dialect that a mnemonic stands for."""
        return self._is_own(record, "dialect") and self._definitions.reference(record) is not None

    def warnings(self) -> list[Diagnostic]:
        """What is wrong with what was read so far, each thing once, in the order of the sources."""
        return sorted(dict.fromkeys(self._attributes.refused), key=lambda found: found.location)

    def _is_own(self, record: Record, key: str) -> bool:
        dialect = record.record(key)
        return dialect is not None and dialect.text("name") == self._name

    def _defined_in(self, record: Record) -> str:
        """The dialect whose C++ namespace an enum lives in; `builtin` for MLIR's own."""
        namespace = record.text("cppNamespace").removeprefix("::")
        if namespace == self._dialect.text("cppNamespace").removeprefix("::"):
            return self._name
        return "builtin" if namespace == "mlir" else namespace.rpartition("::")[2]

    def _enum(self, record: Record) -> Enum:
        cases = tuple(
            EnumCase(case.text("symbol"), case.number("value"), case.text("str")) for case in record.list("enumerants")
        )
        defined_in = self._defined_in(record)
        is_bits = record.isa("BitEnumBase", "BitEnumAttrBase", "BitEnum")
        return Enum(
            name=record.text("className"),
            storage=f"i{record.number('bitwidth') or 32}",
            cases=cases,
            dialect="" if defined_in == self._name else defined_in,
            bits=is_bits,
            separator=record.raw_text("separator") if is_bits else "",
            doc=self._doc(record),
        )

    def _definition(self, record: Record) -> tuple[str, str, tuple[NamedParameter, ...], str | None, str]:
        enum = record.record("enum")
        parameters = tuple(
            NamedParameter(name or f"_{index}", read_parameter(declared, enum, self._attributes))
            for index, (declared, name) in enumerate(record.dag("parameters"))
        )
        text = _one_line(record.text("assemblyFormat"))
        if record.number("hasCustomAssemblyFormat") or (text is None and parameters):
            text = CUSTOM
        dialect = record.record("dialect")
        defined_in = dialect.text("name") if dialect is not None else self._name
        foreign = "" if defined_in == self._name else defined_in
        return record.text("mnemonic"), record.text("cppClassName"), parameters, text, foreign

    def _operation(self, record: Record) -> Operation:
        arguments = tuple(
            self._argument(value, name or f"_arg{index}")
            for index, (value, name) in enumerate(record.dag("arguments"))
            if isinstance(value, Record)
        )
        results = tuple(
            NamedValue(name or f"_{index}", self._value(value))
            for index, (value, name) in enumerate(record.dag("results"))
            if isinstance(value, Record)
        )
        regions = tuple(
            Region(name or f"_region{index}", _region(value))
            for index, (value, name) in enumerate(record.dag("regions"))
            if isinstance(value, Record)
        )
        successors = tuple(
            Successor(name or f"_successor{index}", _successor(value))
            for index, (value, name) in enumerate(record.dag("successors"))
        )
        read = self._traits.read(record)
        operation = Operation(
            mnemonic=record.text("opName"),
            class_name=operation_class(record.name),
            arguments=arguments,
            results=results,
            regions=regions,
            successors=successors,
            traits=read.traits,
            interfaces=read.interfaces,
            format="custom" if record.number("hasCustomAssemblyFormat") else _one_line(record.text("assemblyFormat")),
            doc=self._doc(record),
        )
        if infers_results(record, operation):
            return replace(operation, interfaces=(*operation.interfaces, "InferTypeOpInterface"))
        return operation

    def _argument(self, record: Record, name: str) -> Argument:
        base = record.record("constraint") if record.isa("Arg", "OpVariable") else record
        if base is not None and base.isa("AttrConstraint"):
            return NamedAttribute(name, self._attributes.declaration(base))
        if base is not None and base.isa("Property", "PropConstraint"):
            return NamedAttribute(name, self._attributes.property_declaration(base))
        return NamedValue(name, self._value(record))

    def _value(self, record: Record) -> Value:
        effects: tuple[Effect, ...] = ()
        base = record
        if record.isa("Arg", "Res", "OpVariable"):
            found = (_EFFECTS.get(decorator.text("effect")) for decorator in record.list("decorators"))
            effects = tuple(effect for effect in found if effect is not None)
            base = record.record("constraint") or record
        multiplicity = Multiplicity.ONE
        segments = ""
        inner = base.record("baseType")
        if inner is not None and base.isa("VariadicOfVariadic"):
            multiplicity, base, segments = Multiplicity.NESTED, inner, base.text("segmentAttrName")
        elif inner is not None and base.isa("Variadic"):
            multiplicity, base = Multiplicity.VARIADIC, inner
        elif inner is not None and base.isa("Optional"):
            multiplicity, base = Multiplicity.OPTIONAL, inner
        return Value(self._types.read(base), multiplicity, effects, segments)


def _no_doc(_: Record) -> Doc:
    return Doc()


def _successor(value: Record | str) -> Multiplicity:
    is_variadic = isinstance(value, Record) and any("Variadic" in name for name in value.classes)
    return Multiplicity.VARIADIC if is_variadic else Multiplicity.ONE


_BLOCKS = re.compile(r"(?:::llvm::)?hasNItems(OrMore|OrLess)?\(\$_self, ?(\d+)\)")


def _region(record: Record) -> RegionConstraint:
    multiplicity = Multiplicity.VARIADIC if record.isa("VariadicRegion") else Multiplicity.ONE
    predicate = record.record("predicate")
    match = _BLOCKS.fullmatch(bare(predicate.text("predExpr"))) if predicate is not None else None
    if match is None:
        return RegionConstraint(None, False, multiplicity)
    return RegionConstraint(int(match[2]), match[1] == "OrMore", multiplicity, match[1] == "OrLess")


def _one_line(text: str) -> str | None:
    """An assembly format on one line; None where there is none."""
    return " ".join(text.split()) or None


def extract(
    records: Records,
    dialect: str,
    provenance: Iterable[tuple[str, str]] = (),
    warnings: Diagnostics | None = None,
    notes: list[str] | None = None,
    *,
    words: bool = False,
) -> Dialect:
    """The facts of `dialect`; what is wrong in its definitions without stopping anything goes to `warnings`.

    `notes` takes a line for each attribute or type that the facts leave out, since another one has its mnemonic. With
    `words` the facts hold the summaries and descriptions of the definitions.

    Raises `ToolError` where the records do not define it.
    """
    for record in records.of_class("Dialect"):
        if record.text("name") == dialect:
            extractor = _Extractor(records, record, words=words)
            try:
                found = extractor.dialect(provenance)
                if warnings is not None:
                    warnings.found += extractor.warnings()
                if notes is not None:
                    notes += extractor.left_out()
            except RecursionError as error:
                message = f"the records of '{dialect}' refer to themselves in a circle, or are nested without end"
                raise ToolError(message) from error
            return found
    known = ", ".join(sorted(record.text("name") for record in records.of_class("Dialect"))) or "none"
    raise ToolError(f"the records define no dialect '{dialect}' (they define: {known})")
