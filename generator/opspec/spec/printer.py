"""Facts to YAML: pleasant to read, one line for each declaration, and the same text for the same model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import yaml

from opspec.diagnostics import visible
from opspec.model.dialect import (
    Argument,
    Definition,
    Dialect,
    Doc,
    Enum,
    NamedConstraint,
    NamedValue,
    Operation,
)
from opspec.notation import (
    print_argument,
    print_parameter,
    print_region,
    print_successor,
    print_trait,
    print_type,
    print_value,
)
from opspec.spec.docs import is_block
from opspec.spec.scalars import ScalarError, implicit_value

__all__ = ["FORMAT_NOTE", "Notes", "print_dialect"]

FORMAT_NOTE = "the format"
"""The part of an operation that a note about its assembly format is of; no part can have that name."""

_WIDTH = 110
_HEAD = "# Facts, written by `opspec extract`. Do not edit: words and choices belong in overlay.yaml."

Notes: TypeAlias = Mapping[tuple[str, str, str], str]
"""What is to be noted beside facts: by kind (`operations`), name (`nccl.send`) and part; all of it has the part ""."""
_Notes: TypeAlias = Callable[[str], str]


def _no_note(_: str) -> str:
    return ""


def _comment(note: str) -> str:
    return f"  # {visible(' '.join(note.split()))}" if note else ""


def _is_text(text: str) -> bool:
    """Whether a text without quotes is read as text."""
    try:
        return isinstance(implicit_value(text), str)
    except ScalarError:
        return False


def _scalar(value: str | int | float) -> str:
    """A scalar on one line, quoted only where YAML needs it."""
    if isinstance(value, str) and value in ("yes", "no", "on", "off", "null", "true", "false", "none", "~"):
        return f"'{value}'" if value != "none" else value
    if isinstance(value, str) and visible(value) != value:
        return _flow_scalar(value)
    text: str = yaml.safe_dump(value, width=10**9, allow_unicode=True, default_flow_style=True)
    shown = text.removesuffix("\n").removesuffix("\n...")
    return f"'{value}'" if shown == value and not _is_text(value) else shown


def _flow_scalar(value: str) -> str:
    """A scalar inside braces or brackets, where more characters have a meaning."""
    if value and all(c.isalnum() or c in "_." for c in value) and value[0].isalpha():
        return _scalar(value)
    return '"' + "".join(map(_quoted, value)) + '"'


def _quoted(character: str) -> str:
    """A character inside of double quotes; what cannot be seen is an escape."""
    return f"\\{character}" if character in '"\\' else visible(character)


def _pairs(pairs: list[tuple[str, str]], indent: int, notes: _Notes) -> list[str]:
    """A mapping of scalars: a line for each, with its note."""
    return [f"{' ' * indent}{_scalar(key)}: {value}{_comment(notes(key))}" for key, value in pairs]


def _section(key: str, pairs: list[tuple[str, str]], indent: int, notes: _Notes = _no_note) -> list[str]:
    if not pairs:
        return []
    return [f"{' ' * indent}{key}:", *_pairs(pairs, indent + 2, notes)]


def _list(key: str, items: list[str], indent: int) -> list[str]:
    """A list of scalars on one line, or one item a line where it is too long or an item has a comma."""
    if not items:
        return []
    texts = [_scalar(item) for item in items]
    line = f"{' ' * indent}{key}: [{', '.join(texts)}]"
    if len(line) <= _WIDTH and not any(set(item) & set(",[]{}") for item in items):
        return [line]
    return [f"{' ' * indent}{key}:", *(f"{' ' * indent}- {text}" for text in texts)]


def _named_constraint(named: NamedConstraint) -> list[str]:
    return [f"  {_scalar(named.name)}: {_scalar(print_type(named.constraint))}"]


def _doc(doc: Doc, indent: int) -> list[str]:
    """The words of a thing, if it has any."""
    space = " " * indent
    lines = [f"{space}summary: {_scalar(doc.summary)}"] if doc.summary else []
    if is_block(doc.description):
        lines += [f"{space}description: |-", *(f"{space}  {line}".rstrip() for line in doc.description.split("\n"))]
    elif doc.description:
        lines.append(f"{space}description: {_scalar(doc.description)}")
    return lines


def _enum(enum: Enum, notes: _Notes = _no_note) -> list[str]:
    lines = [f"  {_scalar(enum.name)}:{_comment(notes(''))}", *_doc(enum.doc, 4)]
    lines.append(f"    storage: {_scalar(enum.storage)}")
    if enum.dialect:
        lines.append(f"    dialect: {_scalar(enum.dialect)}")
    if enum.bits:
        lines += ["    bits: true", f"    separator: {_scalar(enum.separator)}"]
    cases = []
    for case in enum.cases:
        value = str(case.value)
        if case.text != case.symbol:
            value = f"{{value: {case.value}, text: {_flow_scalar(case.text)}}}"
        cases.append((case.symbol, value))
    return lines + _section("cases", cases, 4)


def _definition(definition: Definition, notes: _Notes = _no_note) -> list[str]:
    foreign = definition.dialect
    key = f"{foreign}.{definition.mnemonic}" if foreign else definition.mnemonic
    lines = [f"  {_scalar(key)}:{_comment(notes(''))}", *_doc(definition.doc, 4)]
    lines.append(f"    class: {_scalar(definition.class_name)}")
    if foreign:
        lines.append(f"    dialect: {_scalar(foreign)}")
    parameters = [(p.name, _scalar(print_parameter(p.parameter))) for p in definition.parameters]
    lines += _section("parameters", parameters, 4)
    if definition.format is not None:
        lines.append(f"    format: {_scalar(definition.format)}")
    return lines


def _argument(argument: Argument) -> tuple[str, str]:
    declared = argument.value if isinstance(argument, NamedValue) else argument.attribute
    return argument.name, _scalar(print_argument(declared))


def _operation(operation: Operation, notes: _Notes = _no_note) -> list[str]:
    lines = [f"  {_scalar(operation.mnemonic)}:{_comment(notes(''))}", *_doc(operation.doc, 4)]
    lines.append(f"    class: {_scalar(operation.class_name)}")
    lines += _list("traits", [print_trait(trait) for trait in operation.traits], 4)
    lines += _list("interfaces", list(operation.interfaces), 4)
    lines += _section("arguments", [_argument(argument) for argument in operation.arguments], 4, notes)
    lines += _section("results", [(r.name, _scalar(print_value(r.value))) for r in operation.results], 4, notes)
    lines += _section("regions", [(r.name, print_region(r.constraint)) for r in operation.regions], 4, notes)
    successors = [(s.name, print_successor(s.multiplicity)) for s in operation.successors]
    lines += _section("successors", successors, 4, notes)
    if operation.format is not None:
        lines.append(f"    format: {_scalar(operation.format)}{_comment(notes(FORMAT_NOTE))}")
    return lines


def print_dialect(dialect: Dialect, schema_path: str = "", head: str = _HEAD, notes: Notes | None = None) -> str:
    """The text of `dialect.yaml`, with the words that the facts hold. Choices of an overlay are not printed.

    `schema_path` is the relative path of the JSON Schema, named on top for editors; `head` says who wrote the facts,
    `notes` how they were found out.
    """
    known = notes or {}

    def of(kind: str, name: str) -> _Notes:
        return lambda part: known.get((kind, name, part), "")

    lines = [f"# yaml-language-server: $schema={schema_path}"] if schema_path else []
    lines += [head, "schema: opspec/dialect/1", f"dialect: {_scalar(dialect.name)}", *_doc(dialect.doc, 0)]
    lines += _section("provenance", [(key, _scalar(value)) for key, value in dialect.provenance], 0)
    for title, blocks in (
        ("constraints", [_named_constraint(named) for named in dialect.constraints]),
        ("enums", [_enum(enum, of("enums", enum.name)) for enum in dialect.enums]),
        ("attributes", [_definition(each, of("attributes", each.mnemonic)) for each in dialect.attributes]),
        ("types", [_definition(each, of("types", each.mnemonic)) for each in dialect.types]),
        ("operations", [_operation(each, of("operations", each.mnemonic)) for each in dialect.operations]),
    ):
        if blocks:
            lines += ["", f"{title}:"]
            for index, block in enumerate(blocks):
                lines += [""] * (index > 0 and title == "operations") + block
    return "\n".join(lines) + "\n"
