"""Calls of the constructors that defaults are written with, and the names of limits."""

from __future__ import annotations

import re

from opspec.tablegen.cpp.builders import Given, attribute_got, type_got
from opspec.tablegen.cpp.enums import Enums
from opspec.tablegen.cpp.errors import NotConstant
from opspec.tablegen.cpp.kinds import DOUBLE, FLOAT, INT, UINT, kind_named
from opspec.tablegen.cpp.values import ApInt, Items, Number, Text, Value

__all__ = ["called", "constant_named", "constructed"]

_LISTS = ("ArrayRef", "MutableArrayRef", "SmallVector", "vector", "array", "initializer_list")
_TEXTS = ("StringRef", "StringLiteral", "Twine", "string", "string_view")
_OPTIONALS = ("optional", "make_optional", "Optional")
_HOMES = ("", "std", "llvm", "mlir")
"""The namespaces in which the names that are known here stand."""

_LIMIT = re.compile(r"(U?)INT(\d*)_(MIN|MAX)")
_LIMITS_CALL = re.compile(r"(?:::)?std::numeric_limits<(.+)>::(min|max|lowest)")


def _home(name: str) -> tuple[str, str]:
    """A name without its namespace and template arguments, and those arguments; empty where it is not known here."""
    bare, _, arguments = name.removeprefix("::").partition("<")
    namespace, _, last = bare.rpartition("::")
    return (last, arguments[:-1]) if namespace in _HOMES else ("", "")


def constant_named(name: str) -> Value | None:
    """The value of a name such as `INT64_MAX`; None where it is not known."""
    match = _LIMIT.fullmatch(name)
    if match is None or (match[1] and match[3] == "MIN"):
        return None
    kind = kind_named(f"{match[1].lower()}int{match[2]}_t") if match[2] else (UINT if match[1] else INT)
    return Number(kind, kind.bounds[match[3] == "MAX"]) if kind is not None else None


def _limit(written: str, which: str) -> Value:
    kind = kind_named(written)
    if kind is None:
        raise NotConstant(f"the limits of '{written}'")
    if not kind.floating:
        return Number(kind, kind.bounds[which == "max"])
    sizes = {FLOAT: (2.0**-126, (2 - 2.0**-23) * 2.0**127), DOUBLE: (2.0**-1022, (2 - 2.0**-52) * 2.0**1023)}
    if kind not in sizes:
        raise NotConstant(f"the limits of '{written}'")
    least, most = sizes[kind]
    return Number(kind, {"min": least, "max": most, "lowest": -most}[which])


def _one(given: Given, what: str) -> Value:
    if len(given) != 1 or given[0] is None:
        raise NotConstant(f"{what} of something that is not known here")
    return given[0]


def _text(given: Given, what: str) -> Text:
    if not given:
        return Text(b"")
    value = _one(given, what)
    if isinstance(value, Items) and not value.items:
        return Text(b"")
    if not isinstance(value, Text):
        raise NotConstant(f"{what} of something that is no string")
    return value


def _list(given: Given, element: str, *, braced: bool) -> Items:
    """The items of `ArrayRef<element>{...}`, or of `ArrayRef<element>({...})`."""
    if not braced and given:
        inner = _one(given, "a list")
        if not isinstance(inner, Items):
            raise NotConstant("a list made of something that is none")
        return Items(inner.items, element)
    items = tuple(value for value in given if value is not None)
    if len(items) != len(given):
        raise NotConstant("a list of something that is not known here")
    if len(items) == 1 and isinstance(items[0], Items) and items[0].element:
        return items[0]
    return Items(items, element)


def constructed(name: str, given: Given) -> Value:
    """The value of `name{given}`. Raises `NotConstant` where it is not known."""
    last, arguments = _home(name)
    if last in _LISTS:
        return _list(given, arguments.partition(",")[0], braced=True)
    return _made(name, last, given)


def called(name: str, given: Given, enums: Enums) -> Value:
    """The value of `name(given)`. Raises `NotConstant` where it is not known."""
    if match := _LIMITS_CALL.fullmatch(name):
        return _limit(match[1], match[2])
    if name.endswith("Attr::get"):
        return attribute_got(name.removesuffix("::get"), given, enums)
    if name.endswith("Type::get"):
        return type_got(name.removesuffix("::get"), given)
    last, arguments = _home(name)
    if last in _LISTS:
        return _list(given, arguments.partition(",")[0], braced=False)
    return _made(name, last, given)


def _made(name: str, last: str, given: Given) -> Value:
    if last in _TEXTS:
        return _text(given, f"'{last}'")
    if last in _OPTIONALS:
        return _one(given, f"'{last}'")
    if last == "APFloat":
        value = _one(given, "'APFloat'")
        if isinstance(value, Number) and value.kind in (FLOAT, DOUBLE):
            return value
    if last == "APInt":
        return _ap_int(given)
    raise NotConstant(f"'{name}' is nothing that is known here")


def _ap_int(given: Given) -> ApInt:
    """`APInt(width, number)`, and whether the number has a sign."""
    if not 2 <= len(given) <= 3:
        raise NotConstant("an 'APInt' that is not made of a width and a number")
    numbers = [value.number for value in given if isinstance(value, Number) and not value.kind.floating]
    if len(numbers) != len(given):
        raise NotConstant("an 'APInt' of something that is no integer")
    width, number = int(numbers[0]), int(numbers[1])
    signed = len(numbers) == 3 and bool(numbers[2])
    lowest, highest = (-(1 << max(width - 1, 0)), (1 << max(width - 1, 0)) - 1) if signed else (0, (1 << width) - 1)
    wrapped = number % (1 << 64) if not signed else number
    if not 0 < width <= 64 or not lowest <= wrapped <= highest:
        raise NotConstant(f"an 'APInt' of {width} bits has no room for {number}")
    return ApInt(width, wrapped % (1 << width))
