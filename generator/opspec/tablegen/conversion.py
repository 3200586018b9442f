"""Values of C++ to what an attribute holds of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from opspec.model.constraints import (
    AnyConstraint,
    AnyOf,
    ArrayOf,
    AttributeConstraint,
    AttributeKind,
    Builtin,
    Confined,
    DefinitionReference,
    DenseArray,
    EnumCases,
    EnumReference,
    IntegerOf,
    Literal,
)
from opspec.notation import print_attribute
from opspec.notation.words import FLOATS
from opspec.tablegen.cpp.arithmetic import converted, truth
from opspec.tablegen.cpp.enums import CppEnum
from opspec.tablegen.cpp.errors import NotConstant
from opspec.tablegen.cpp.kinds import DOUBLE, FLOAT, INT, LONG, kind_named
from opspec.tablegen.cpp.rounding import shortest
from opspec.tablegen.cpp.values import ApInt, Built, CaseValue, Items, Number, Text, Value

__all__ = ["EnumOf", "Refused", "boolean", "case_of", "items_of", "literal_of", "real", "text_of"]

EnumOf: TypeAlias = "Callable[[AttributeConstraint], CppEnum | None]"
"""The enum whose cases an attribute holds; None where it holds none."""

_TEXTS = (AttributeKind.STRING, AttributeKind.SYMBOL_NAME, AttributeKind.SYMBOL_REF, AttributeKind.FLAT_SYMBOL_REF)
_WRITABLE = re.compile(r"(?!(?:true|false|opaque)\Z)[A-Za-z_][A-Za-z_0-9]*\Z")
"""What the notation reads as the name of a case."""

_OBVIOUS: dict[str, AttributeConstraint] = {
    "i64": IntegerOf("i", 64),
    "f64": Builtin("f64"),
    "bool": AttributeKind.BOOL,
    "string": AttributeKind.STRING,
    "array<i64>": ArrayOf(IntegerOf("i", 64)),
    "array<f64>": ArrayOf(Builtin("f64")),
    "array<bool>": ArrayOf(AttributeKind.BOOL),
    "array<string>": ArrayOf(AttributeKind.STRING),
}
"""The attributes that a value of Python becomes where any attribute may stand."""

_ZERO = Number(INT, 0)


class Refused(Exception):
    """A value that an attribute does not take; its text says what it takes."""


def _single(value: Value, empty: Value) -> Value:
    """What stands in braces around a single value; `empty` where nothing does."""
    if not isinstance(value, Items) or value.element:
        return value
    if len(value.items) > 1:
        raise Refused("a single value")
    return _single(value.items[0], empty) if value.items else empty


def boolean(value: Value) -> bool:
    """A truth value: what is not zero is true."""
    value = _single(value, _ZERO)
    if not isinstance(value, Number):
        raise Refused("true or false")
    return truth(value)


def _integer(value: Value, prefix: str, width: int) -> int:
    """The number that an integer attribute gets, by way of MLIR's builder, which takes 64 bits."""
    value = _single(value, _ZERO)
    if isinstance(value, ApInt):
        if value.width != width:
            raise Refused(f"an integer of {width} bits")
        is_negative = prefix != "ui" and value.bits >= 1 << (width - 1)
        return value.bits - (1 << width) if is_negative else value.bits
    if not isinstance(value, Number):
        raise Refused("an integer")
    if isinstance(value.number, int) and (prefix in ("si", "ui") or LONG.holds(value.number)):
        return value.number
    number = converted(value, LONG).number
    assert isinstance(number, int)
    return number


def real(value: Value, word: str) -> float:
    """The number that an attribute of this float type gets; with few digits where a `float` stays one."""
    value = _single(value, _ZERO)
    if not isinstance(value, Number):
        raise Refused("a number")
    number = float(converted(value, DOUBLE).number)
    return shortest(number) if word == "f32" and value.kind == FLOAT else number


def text_of(value: Value) -> str:
    """The text that a string attribute gets."""
    value = _single(value, Text(b""))
    if not isinstance(value, Text):
        raise Refused("a text")
    if b"\0" in value.data:
        raise NotConstant("a text with a zero byte, which ends it in some places")
    try:
        return value.data.decode()
    except UnicodeDecodeError as error:
        raise NotConstant("a text that is not UTF-8") from error


def case_of(value: Value, enum: CppEnum) -> EnumCases:
    """The cases that a value of an enum consists of."""
    value = _single(value, _ZERO)
    if isinstance(value, CaseValue):
        if value.enum != enum:
            raise Refused(f"a case of {enum.path[-1]}")
        number = value.number
    elif isinstance(value, Number) and isinstance(value.number, int):
        number = int(converted(value, enum.kind).number)
    else:
        raise Refused(f"a case of {enum.path[-1]}")
    names = enum.names_of(number)
    if not names and enum.bits and number == 0:
        raise NotConstant(f"no case of {enum.path[-1]} is zero")
    if not names:
        raise Refused(f"a case of {enum.path[-1]}")
    if not all(map(_WRITABLE.match, names)):
        raise NotConstant(f"a case of {enum.path[-1]} whose name the notation has another meaning for")
    return EnumCases(names)


def items_of(value: Value, element: str = "") -> Sequence[Value]:
    """The items of a list, which must not be said to be of another type than `element`."""
    if not isinstance(value, Items):
        raise Refused("a list")
    kinds = [kind for kind in map(kind_named, (value.element, element)) if kind is not None]
    if len({(kind.bits, kind.floating) for kind in kinds}) > 1:
        raise Refused(f"a list of '{element}'")
    return value.items


def _item(value: Value, constraint: AttributeConstraint, enum_of: EnumOf) -> Literal:
    """An item of a list in braces, where C++ turns no floating number into an integer."""
    if isinstance(constraint, IntegerOf) and isinstance(value, Number) and value.kind.floating:
        raise Refused("an integer")
    return literal_of(value, constraint, enum_of)


def _obvious(value: Value) -> Literal:
    """What Python makes the same attribute of where any may stand."""
    if isinstance(value, Items):
        return tuple(_obvious(item) for item in value.items)
    if isinstance(value, Built) and value.kind == "array":
        return _obvious(value.value)
    if not isinstance(value, Built) or value.kind not in _OBVIOUS:
        raise NotConstant("an attribute of a type that its constraint does not tell")
    return literal_of(value.value, _OBVIOUS[value.kind], lambda _: None)


def _dense(element: str) -> AttributeConstraint:
    if element == "i1":
        return AttributeKind.BOOL
    return Builtin(element) if element in FLOATS else IntegerOf("si", int(element[1:]))


def _cpp(element: str) -> str:
    """The C++ type of a dense array's elements."""
    return {"i1": "bool", "f32": "float", "f64": "double"}.get(element, f"int{element[1:]}_t")


def _of_kind(value: Value, kind: AttributeKind) -> Literal:
    if kind is AttributeKind.BOOL or kind is AttributeKind.UNIT:
        return boolean(value)
    if kind is AttributeKind.INDEX:
        return _integer(value, "i", 64)
    if kind in _TEXTS:
        return text_of(value)
    if kind is AttributeKind.ARRAY and isinstance(value, Items):
        return _obvious(value)
    raise NotConstant(f"a default of '{kind.value}'")


def _alternative(value: Value, options: Sequence[AttributeConstraint], enum_of: EnumOf) -> Literal:
    """What the only one of several constraints that takes a value makes of it."""
    found: list[Literal] = []
    for option in options:
        try:
            found.append(literal_of(value, option, enum_of))
        except Refused:
            continue
    if not found:
        raise Refused(" or ".join(map(print_attribute, options)))
    if len(found) > 1:
        raise NotConstant("a value that several of the alternatives take")
    return found[0]


def _unwrapped(built: Built, constraint: AttributeConstraint, enum: CppEnum | None) -> Value:
    """The value in an attribute, which must be of the kind that the constraint says."""
    word = print_attribute(constraint)
    same = {word, {"bool": "i1", "i1": "bool", "flat_symbol_ref": "symbol_ref"}.get(word, word)}
    if built.kind == "array" and isinstance(constraint, ArrayOf):
        return built.value
    if built.kind not in same and not (built.kind == "enum" and enum is not None):
        raise Refused(f"an attribute of '{word}'")
    return built.value


def literal_of(value: Value, constraint: AttributeConstraint, enum_of: EnumOf) -> Literal:
    """What an attribute of the constraint holds of a value.

    Raises `Refused` where it does not take the value, and `NotConstant` where only C++ can say what it holds.
    """
    match constraint:
        case Confined(base, _):
            return literal_of(value, base, enum_of)
        case AnyOf(options):
            return _alternative(value, options, enum_of)  # type: ignore[arg-type]
        case AnyConstraint() | AttributeKind.INTEGER | AttributeKind.FLOAT:
            return _obvious(value)
        case AttributeKind.ARRAY if isinstance(value, Built):
            return _obvious(value)
        case _:
            pass
    enum = enum_of(constraint)
    if isinstance(value, Built):
        value = _unwrapped(value, constraint, enum)
    match constraint:
        case EnumReference() | DefinitionReference() if enum is not None:
            return case_of(value, enum)
        case AttributeKind():
            return _of_kind(value, constraint)
        case IntegerOf(prefix, width):
            return _integer(value, prefix, width)
        case Builtin(word) if word in FLOATS:
            return real(value, word)
        case ArrayOf(element):
            return tuple(_item(item, element, enum_of) for item in items_of(value))
        case DenseArray(word):
            return tuple(_item(item, _dense(word), enum_of) for item in items_of(value, _cpp(word)))
        case _:
            raise NotConstant("a default of an attribute that only C++ knows")
