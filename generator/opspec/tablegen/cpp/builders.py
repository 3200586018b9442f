"""The attributes and types of MLIR that a default builds, with `Builder` or with the `get` of their class."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from opspec.tablegen.cpp.enums import Enums
from opspec.tablegen.cpp.errors import NotConstant
from opspec.tablegen.cpp.kinds import BOOL
from opspec.tablegen.cpp.values import Built, BuiltType, CaseValue, Number, Value

__all__ = ["Given", "attribute_got", "member_called", "type_got"]

Given: TypeAlias = "tuple[Value | None, ...]"
"""The arguments of a call; None for one that is not known here, such as the context."""

_Words: TypeAlias = "tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]"
_GET_ATTRIBUTE = re.compile(r"getAttr<([\w:]+)>")
_ELEMENTS = {"Bool": "bool", "Index": "index", "Str": "string"}


def _dense(match: re.Match[str]) -> str:
    return f"dense_array<{'i1' if match[1] == 'Bool' else match[1].lower()}>"


_BUILDERS: _Words = (
    (re.compile(r"get(SI|UI|I)(\d+)IntegerAttr"), lambda match: f"{match[1].lower()}{match[2]}"),
    (re.compile(r"getF(16|32|64)FloatAttr"), lambda match: f"f{match[1]}"),
    (
        re.compile(r"get(Bool|I32|I64|Index|F32|F64|Str|Type)ArrayAttr"),
        lambda match: f"array<{_ELEMENTS.get(match[1], match[1].lower())}>",
    ),
    (re.compile(r"getDense(Bool|I8|I16|I32|I64|F32|F64)ArrayAttr"), _dense),
    (re.compile(r"get(String|Bool|Index|Array)Attr"), lambda match: match[1].lower()),
)
_CLASSES: _Words = (
    (re.compile(r"Dense(Bool|I8|I16|I32|I64|F32|F64)ArrayAttr"), _dense),
    (re.compile(r"(String|Bool|Array)Attr"), lambda match: match[1].lower()),
    (re.compile(r"(?:Flat)?SymbolRefAttr"), lambda _: "symbol_ref"),
)
_TYPE_BUILDERS: _Words = (
    (re.compile(r"get(BF16|I\d+|F\d+|Index)Type"), lambda match: match[1].lower()),
    (re.compile(r"getIntegerType"), lambda _: ""),
)
_TYPE_CLASSES: _Words = (
    (re.compile(r"Float(16|32|64)Type"), lambda match: f"f{match[1]}"),
    (re.compile(r"BFloat16Type"), lambda _: "bf16"),
    (re.compile(r"IndexType"), lambda _: "index"),
    (re.compile(r"IntegerType"), lambda _: ""),
)


def _word(words: _Words, name: str) -> str | None:
    """The notation's word for a name; None where it is not known here."""
    return next((word(match) for pattern, word in words if (match := pattern.fullmatch(name))), None)


def _type(word: str, given: Given) -> BuiltType:
    """A type; its width is among the arguments where the word is empty."""
    if word and not given:
        return BuiltType(word)
    if not word and len(given) == 1 and isinstance(given[0], Number) and isinstance(given[0].number, int):
        return BuiltType(f"i{given[0].number}")
    raise NotConstant("a type that is not known here")


def _typed(given: Given) -> Built:
    """The number that an attribute is made of a type and a number."""
    if len(given) == 2 and isinstance(given[0], BuiltType) and given[1] is not None:
        return Built(given[0].word, given[1])
    raise NotConstant("a number of a type that is not known here")


def type_got(name: str, given: Given) -> BuiltType:
    """`SomeType::get(context, width)`, of a class of MLIR's own. Raises `NotConstant` where it is not known."""
    word = _word(_TYPE_CLASSES, name.removeprefix("::").removeprefix("mlir::"))
    if word is None or not given or given[0] is not None:
        raise NotConstant(f"a '{name}' of something that is not known here")
    return _type(word, given[1:])


def attribute_got(name: str, given: Given, enums: Enums) -> Built:
    """`SomeAttr::get(context, value)`, of a class of MLIR's own or of an enum.

    Raises `NotConstant` where it is not known.
    """
    bare = name.removeprefix("::").removeprefix("mlir::")
    if bare == "UnitAttr":
        return Built("unit", Number(BOOL, 1))
    if bare in ("IntegerAttr", "FloatAttr"):
        return _typed(given)
    value = given[-1] if len(given) == 2 and given[0] is None else None
    if value is None:
        raise NotConstant(f"a '{name}' of something that is not known here")
    word = _word(_CLASSES, bare)
    if word is not None:
        return Built(word, value)
    known = enums.attribute(name)
    enum = known.enum if known is not None else enums.named(name.removesuffix("Attr"))
    if enum is not None and isinstance(value, CaseValue) and value.enum == enum:
        return Built("enum", value)
    raise NotConstant(f"a '{name}' is nothing that is known here")


def member_called(name: str, given: Given, enums: Enums) -> Built | BuiltType:
    """What a member of MLIR's `Builder` makes. Raises `NotConstant` where it is none that is known."""
    if match := _GET_ATTRIBUTE.fullmatch(name):
        return attribute_got(match[1], (None, *given), enums)
    if name == "getUnitAttr" and not given:
        return Built("unit", Number(BOOL, 1))
    if name in ("getIntegerAttr", "getFloatAttr"):
        return _typed(given)
    word = _word(_TYPE_BUILDERS, name)
    if word is not None:
        return _type(word, given)
    word = _word(_BUILDERS, name)
    if word is None or len(given) != 1 or given[0] is None:
        raise NotConstant(f"'{name}' of something that is not known here")
    return Built(word, given[0])
