"""Attribute and type definitions, and the cases of their enums: is each there, and how is it written?"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from opspec.dataclass import dataclass
from opspec.model.constraints import (
    AttributeConstraint,
    AttributeKind,
    AttributeParameter,
    DefinitionReference,
    DenseArray,
    EnumReference,
    ListOf,
    OpaqueConstraint,
    ParameterConstraint,
    ParameterKind,
)
from opspec.model.dialect import AttributeDefinition, Definition, Dialect, Enum
from opspec.notation.assembly import AssemblyFormat, is_expressible
from opspec.notation.formats import CUSTOM
from opspec.notation.scanning import body_of, written
from opspec.probe.driver import Asks, Question
from opspec.probe.items import Item, Kind, Status
from opspec.probe.readings import Accepted, Cases, NoDefinition, NoDialect, Reading

__all__ = ["FoundDefinition", "enum_of_definition", "given_module", "instance_text", "probe_definition"]

_ABSENT = "no_case_of_any_enum"
_KINDS = {
    AttributeKind.FLOAT: "1.0",
    AttributeKind.FLAT_SYMBOL_REF: "@name",
    AttributeKind.SYMBOL_REF: "@name",
    AttributeKind.STRING: '"name"',
    AttributeKind.ARRAY: "[0]",
    AttributeKind.TYPE: "f64",
    AttributeKind.BOOL: "true",
}


@dataclass(frozen=True, slots=True)
class FoundDefinition:
    """A definition as the binary has it, e.g. `#enzyme.activity`.

    `format` is None where it has no parameters, is not there, or is not readable; `cases` are the texts of
    its enum's cases, None where it has no enum or its cases were not told.
    """

    definition: Definition
    name: str
    exists: bool
    format: str | None
    cases: tuple[str, ...] | None
    items: tuple[Item, ...]


def enum_of_definition(dialect: Dialect, definition: Definition) -> Enum | None:
    """The enum of a definition that holds nothing but a case."""
    if len(definition.parameters) != 1:
        return None
    constraint = definition.parameters[0].parameter.constraint
    return dialect.enum(constraint.name) if isinstance(constraint, EnumReference) else None


def _parameter_text(dialect: Dialect, constraint: ParameterConstraint) -> str:
    match constraint:
        case EnumReference(name):
            return dialect.enum(name).cases[0].text
        case ListOf(element):
            return _parameter_text(dialect, element)
        case AttributeParameter(attribute):
            return _attribute_text(dialect, attribute)
        case ParameterKind.BOOL:
            return "true"
        case ParameterKind.STRING:
            return json.dumps("name")
        case ParameterKind.TYPE:
            return "f64"
        case ParameterKind.FLOAT | ParameterKind.DOUBLE:
            return "1.0"
        case _:
            return "1"


def _attribute_text(dialect: Dialect, constraint: AttributeConstraint) -> str:
    """A parameter that is an attribute of a known kind, of which MLIR writes only what the kind does not say."""
    match constraint:
        case AttributeKind():
            return _KINDS.get(constraint, "1")
        case DenseArray():
            return "[1]"
        case DefinitionReference(owner, mnemonic):
            found = dialect.attribute(owner, mnemonic)
            whole = f"#{owner}.{mnemonic}" if found is None else _text(dialect, found, found.format, {})
            return body_of(f"#{owner}.{mnemonic}", whole) or whole
        case _:
            return "1"


def _prefix(dialect: Dialect, definition: Definition) -> str:
    sigil = "#" if isinstance(definition, AttributeDefinition) else "!"
    return f"{sigil}{definition.dialect or dialect.name}.{definition.mnemonic}"


def _variants(text: str | None) -> tuple[str | None, ...]:
    """The spec's format, and the other ways in which MLIR's releases write the same: with and without `<` and `>`."""
    if text is None or text == CUSTOM:
        return (text,)
    bare = re.fullmatch(r"`<` (.*) `>`", text)
    return (text, bare[1] if bare else f"`<` {text} `>`")


def _text(dialect: Dialect, definition: Definition, written_as: str | None, changes: dict[str, str]) -> str:
    """An instance in this format; what may be missing is left out."""
    prefix = _prefix(dialect, definition)
    if written_as is None or written_as == CUSTOM or not is_expressible(written_as):
        return prefix
    needed = [p for p in definition.parameters if p.parameter.default is None and not p.parameter.optional]
    texts = {p.name: _parameter_text(dialect, p.parameter.constraint) for p in needed} | changes
    return written(prefix, AssemblyFormat(written_as, [p.name for p in definition.parameters]).print(texts))


def instance_text(dialect: Dialect, definition: Definition, written_as: str | None) -> str:
    """An attribute or type of this definition, written in this format."""
    return _text(dialect, definition, written_as, {})


def given_module(text: str) -> str:
    """A module that holds an attribute or type."""
    return f"module attributes {{probe.given = {text}}} {{}}\n"


def probe_definition(dialect: Dialect, definition: Definition) -> Asks[FoundDefinition]:
    """Ask about one attribute or type definition of a spec."""
    kind = Kind.ATTRIBUTE if isinstance(definition, AttributeDefinition) else Kind.TYPE
    name = _prefix(dialect, definition)

    def item(status: Status, note: str = "", message: str = "", module: str = "") -> Item:
        return Item(dialect.name, kind, name, status, note, message, module, definition.location)

    tried = [
        (written_as, _text(dialect, definition, written_as, changes))
        for written_as in _variants(definition.format)
        for changes in _guesses(dialect, definition)
    ]
    modules = [given_module(text) for _, text in tried]
    readings = yield [Question(module) for module in modules]
    said = getattr(readings[0], "message", "")
    if isinstance(readings[0], (NoDialect, NoDefinition)):
        missing = item(Status.MISSING, "the binary does not have it", said, modules[0])
        return FoundDefinition(
            definition=definition, name=name, exists=False, format=None, cases=None, items=(missing,)
        )
    accepted = [written_as for (written_as, _), reading in zip(tried, readings, strict=True) if _is_taken(reading)]
    if not accepted:
        doubt = _opaque_parameter(definition)
        if doubt is not None:
            note = f"only C++ knows what {doubt} looks like: the binary has it, and reads nothing that was tried"
            return FoundDefinition(
                definition=definition,
                name=name,
                exists=True,
                format=None,
                cases=None,
                items=(item(Status.UNKNOWN, note, said, modules[0]),),
            )
        unread = item(Status.SPELLED, "the binary reads none of the spec's forms", said, modules[0])
        return FoundDefinition(definition=definition, name=name, exists=True, format=None, cases=None, items=(unread,))
    found = accepted[0]
    if found == definition.format:
        items = [item(Status.AGREES)]
    else:
        example = _text(dialect, definition, found, {})
        items = [item(Status.SPELLED, f"the binary reads {example}", said, modules[0])]
    enum = enum_of_definition(dialect, definition)
    if enum is None:
        return FoundDefinition(
            definition=definition, name=name, exists=True, format=found, cases=None, items=tuple(items)
        )
    cases, of_cases = yield from _probe_cases(dialect, definition, enum, found)
    return FoundDefinition(
        definition=definition, name=name, exists=True, format=found, cases=cases, items=(*items, *of_cases)
    )


def _opaque_parameter(definition: Definition) -> str | None:
    """The name of a parameter of which the spec does not say how it is written."""
    for parameter in definition.parameters:
        constraint = parameter.parameter.constraint
        while isinstance(constraint, ListOf):
            constraint = constraint.element
        if isinstance(constraint, OpaqueConstraint):
            return parameter.name
    return None


def _guesses(dialect: Dialect, definition: Definition) -> list[dict[str, str]]:
    """Texts for the parameters; several where the spec does not say how one is written."""
    opaque = _opaque_parameter(definition)
    if opaque is None:
        return [{}]
    others = [d for d in dialect.attributes if d is not definition and _opaque_parameter(d) is None]
    whole = [_text(dialect, other, other.format, {}) for other in others]
    bodies = [text.removeprefix(_prefix(dialect, other)) for text, other in zip(whole, others, strict=True)]
    return [{opaque: text} for text in ("1", *whole, *bodies, '"name"', "[0]", "@name", "f64", "")]


def _is_taken(reading: Reading) -> bool:
    """Whether the text was read; an enum that does not know the sample's case has read everything else."""
    return isinstance(reading, (Accepted, Cases))


def _probe_cases(
    dialect: Dialect, definition: Definition, enum: Enum, written_as: str | None
) -> Asks[tuple[tuple[str, ...] | None, Sequence[Item]]]:
    """Ask for the cases: one that no enum has makes the binary list its own; each of the spec's is tried too."""
    key = definition.parameters[0].name
    tried = [_ABSENT, *(case.text for case in enum.cases)]
    modules = [given_module(_text(dialect, definition, written_as, {key: text})) for text in tried]
    listed, *readings = yield [Question(module) for module in modules]
    items: list[Item] = []
    for case, reading, module in zip(enum.cases, readings, modules[1:], strict=True):
        name = f"{enum.name} {case.text}"
        if isinstance(reading, Accepted):
            items.append(Item(dialect.name, Kind.CASE, name, Status.AGREES, location=enum.location))
            continue
        note = "the binary does not have the case"
        items.append(Item(dialect.name, Kind.CASE, name, Status.MISSING, note, reading.message, module, enum.location))
    if not isinstance(listed, Cases):
        return None, items
    known = {case.text for case in enum.cases}
    for text in listed.cases:
        if text not in known:
            note = "the spec does not have the case"
            name = f"{enum.name} {text}"
            items.append(
                Item(dialect.name, Kind.CASE, name, Status.EXTRA, note, listed.message, modules[0], enum.location)
            )
    return listed.cases, items
