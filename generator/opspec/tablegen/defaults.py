"""Defaults that are written in C++: what attributes and parameters take them as."""

from __future__ import annotations

import hashlib
import json
import math

from opspec.constraints.values import accepted_default, accepted_parameter_default
from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostic, within_line
from opspec.model.constraints import (
    AttributeConstraint,
    AttributeParameter,
    EnumCases,
    EnumReference,
    ListOf,
    Literal,
    OpaqueLiteral,
    ParameterConstraint,
    ParameterKind,
)
from opspec.notation.lexer import LONGEST
from opspec.notation.literals import print_literal
from opspec.tablegen.conversion import EnumOf, Refused, boolean, case_of, items_of, literal_of, real, text_of
from opspec.tablegen.cpp.arithmetic import converted
from opspec.tablegen.cpp.enums import Enums
from opspec.tablegen.cpp.errors import NotConstant
from opspec.tablegen.cpp.evaluation import evaluate
from opspec.tablegen.cpp.kinds import FLOAT, INT, LONG, UINT, ULONG
from opspec.tablegen.cpp.values import Built, Items, Number, Value
from opspec.tablegen.records import Record

__all__ = ["DefaultReader", "ReadDefault", "refused_default"]

_KINDS = {
    ParameterKind.INT32: INT,
    ParameterKind.INT64: LONG,
    ParameterKind.UINT32: UINT,
    ParameterKind.UINT64: ULONG,
}
_DEEPEST = 10
"""How deep a list may be that a default is written as."""
_MOST_ITEMS = 1000
"""How much such a list may hold in all."""


@dataclass(frozen=True, slots=True)
class ReadDefault:
    """A default, and what its own attribute takes instead where it does not take it (`refused`, else empty)."""

    literal: Literal
    refused: str = ""


def _opaque(text: str) -> OpaqueLiteral:
    """The C++ text of a default; one too long for the notation is cut, and told apart by a hash."""
    text = text.encode("utf-8", "backslashreplace").decode()
    if len(json.dumps(text)) <= LONGEST:
        return OpaqueLiteral(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return OpaqueLiteral(f"{text[:100]} ... ({len(text)} characters, sha256 {digest})")


def _fits(literal: Literal) -> bool:
    """Whether the notation has room for a default."""
    return _items(literal) <= _MOST_ITEMS


def _items(literal: Literal, depth: int = 0) -> float:
    """How many names, numbers, texts and lists a default consists of; infinite where one alone is too much."""
    if isinstance(literal, tuple):
        return 1 + sum(_items(item, depth + 1) for item in literal) if depth < _DEEPEST else math.inf
    if isinstance(literal, EnumCases):
        return len(literal.names)
    return 1 if len(print_literal(literal)) <= LONGEST else math.inf


def _checked(text: str, literal: Literal, accepted: str) -> ReadDefault:
    """The default, or its C++ text where something else is accepted or the notation has no room for it."""
    if accepted:
        return ReadDefault(_opaque(text), accepted)
    return ReadDefault(literal if _fits(literal) else _opaque(text))


def refused_default(record: Record, accepted: str) -> Diagnostic:
    """The warning about the default in a record that its own constraint does not take."""
    return Diagnostic(
        code="default",
        message=f"the default is `{record.text('defaultValue')}`, accepted is {accepted}",
        location=within_line(record.location, record.raw_text("defaultValue")),
        hint="the facts keep it as opaque C++; write a default that the constraint takes",
        is_warning=True,
    )


class DefaultReader:
    """Reads the defaults of attributes and parameters.

    `enums` are those that C++ may name; `enum_of` says which of them an attribute holds.
    """

    def __init__(self, enums: Enums, enum_of: EnumOf) -> None:
        self._enums = enums
        self._enum_of = enum_of

    def attribute(self, text: str, constraint: AttributeConstraint) -> ReadDefault:
        """The default of an attribute; opaque where only C++ can say it, or where the attribute does not take it."""
        try:
            literal = literal_of(evaluate(text, self._enums), constraint, self._enum_of)
        except NotConstant:
            return ReadDefault(_opaque(text))
        except Refused as refused:
            return ReadDefault(_opaque(text), str(refused))
        return _checked(text, literal, accepted_default(literal, constraint))

    def parameter(self, text: str, constraint: ParameterConstraint) -> ReadDefault:
        """The default of a definition's parameter, which C++ converts to the parameter's own type."""
        try:
            literal = self._parameter(evaluate(text, self._enums), constraint)
        except NotConstant:
            return ReadDefault(_opaque(text))
        except Refused as refused:
            return ReadDefault(_opaque(text), str(refused))
        return _checked(text, literal, accepted_parameter_default(literal, constraint))

    def _parameter(self, value: Value, constraint: ParameterConstraint) -> Literal:
        match constraint:
            case EnumReference():
                enum = self._enum_of(constraint)
                if enum is not None:
                    return case_of(value, enum)
            case ListOf(element):
                return tuple(self._parameter(item, element) for item in items_of(value))
            case AttributeParameter(inner) if isinstance(value, Built):
                return literal_of(value, inner, self._enum_of)
            case ParameterKind.BOOL:
                return boolean(value)
            case ParameterKind.STRING:
                return text_of(value)
            case ParameterKind.FLOAT:
                return real(converted(value, FLOAT) if isinstance(value, Number) else value, "f32")
            case ParameterKind.DOUBLE:
                return real(value, "f64")
            case ParameterKind() if constraint in _KINDS:
                return self._integer(value, constraint)
            case _:
                pass
        raise NotConstant("a default of a parameter that only C++ knows")

    @staticmethod
    def _integer(value: Value, kind: ParameterKind) -> int:
        if isinstance(value, Items) and len(value.items) <= 1:
            value = value.items[0] if value.items else Number(INT, 0)
        if not isinstance(value, Number):
            raise Refused("an integer")
        return int(converted(value, _KINDS[kind]).number)
