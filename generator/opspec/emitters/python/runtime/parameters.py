# The host's stubs leave some type arguments open, and these files check what users pass.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnnecessaryIsInstance=false

"""Kinds of parameters of attributes and types: how a Python value is written in the IR, and read back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from .assembly import split_list
from .enums import CaseEnum, FlagEnum, case_of
from .errors import wrong_type, wrong_value
from .host import ir
from .quoting import quote, symbol_text, unquote
from .values import items_of

__all__ = [
    "Parameter",
    "attribute",
    "boolean",
    "enum_case",
    "floating",
    "integer",
    "list_of",
    "opaque",
    "symbol",
    "text",
    "type_",
]

_T = TypeVar("_T")


class Parameter(Generic[_T]):
    """A kind of parameter."""

    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        """The text of a value in the IR; raises `TypeError` or `ValueError`."""
        raise AssertionError("every kind writes")

    def from_text(self, text: str) -> _T:
        """The value that a text of the IR means; a current context is there for types and attributes."""
        raise AssertionError("every kind reads")

    def check_text(self, text: str, operation: str, parameter: str) -> None:
        """Raise `ValueError` where the text cannot be a value of this kind."""


class _Integer(Parameter[int]):
    def __init__(self, bits: int, signed: bool) -> None:
        self._low = -(1 << (bits - 1)) if signed else 0
        self._high = (1 << (bits - signed)) - 1

    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        if not isinstance(given, int) or isinstance(given, bool):
            raise wrong_type(operation, parameter, given, "an int")
        if not self._low <= given <= self._high:
            raise wrong_value(
                operation, parameter, given, f"an int from {self._low} to {self._high}"
            )
        return str(int(given))

    def from_text(self, text: str) -> int:
        return int(text)


class _Boolean(Parameter[bool]):
    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        if not isinstance(given, bool):
            raise wrong_type(operation, parameter, given, "a bool")
        return "true" if given else "false"

    def from_text(self, text: str) -> bool:
        return text == "true"


class _Floating(Parameter[float]):
    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        if not isinstance(given, (int, float)) or isinstance(given, bool):
            raise wrong_type(operation, parameter, given, "a float")
        return f"{float(given):.17e}"

    def from_text(self, text: str) -> float:
        return float(text)


class _Text(Parameter[str]):
    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        if not isinstance(given, str):
            raise wrong_type(operation, parameter, given, "a str")
        return quote(given)

    def from_text(self, text: str) -> str:
        return unquote(text)


class _Symbol(Parameter[str]):
    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        name = given.value if isinstance(given, ir.FlatSymbolRefAttr) else given
        if not isinstance(name, str):
            raise wrong_type(operation, parameter, given, "the name of a symbol")
        bare = name.removeprefix("@")
        if not bare:
            raise wrong_value(operation, parameter, given, "the name of a symbol")
        return symbol_text(bare)

    def from_text(self, text: str) -> str:
        bare = text.removeprefix("@")
        return unquote(bare) if bare.startswith('"') else bare


class _Type(Parameter["ir.Type"]):
    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        if not isinstance(given, ir.Type):
            raise wrong_type(operation, parameter, given, "a Type")
        return str(given)

    def from_text(self, text: str) -> ir.Type:
        return ir.Type.parse(text)


class _Attribute(Parameter["ir.Attribute"]):
    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        if not isinstance(given, ir.Attribute):
            raise wrong_type(operation, parameter, given, "an Attribute")
        return str(given)

    def from_text(self, text: str) -> ir.Attribute:
        return ir.Attribute.parse(text)


class _Opaque(Parameter[str]):
    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        if not isinstance(given, str):
            raise wrong_type(
                operation, parameter, given, "a str, as it is written in the IR"
            )
        return given

    def from_text(self, text: str) -> str:
        return text


class _EnumCase(Parameter[Any]):
    def __init__(self, cases: type[CaseEnum] | type[FlagEnum], separator: str) -> None:
        self._cases = cases
        self._separator = separator

    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        case: Any = case_of(self._cases, given, operation, parameter)
        return str(
            case.spelled(self._separator) if isinstance(case, FlagEnum) else case.text
        )

    def from_text(self, text: str) -> Any:
        names = (
            [part.strip() for part in text.split(self._separator.strip())]
            if self._separator
            else [text]
        )
        found = [
            case_of(self._cases, name, self._cases.__name__, "case") for name in names
        ]
        whole = found[0]
        for case in found[1:]:
            whole |= case  # type: ignore[assignment]
        return whole

    def check_text(self, text: str, operation: str, parameter: str) -> None:
        for part in text.split(self._separator.strip()) if self._separator else [text]:
            case_of(self._cases, part.strip(), operation, parameter)


class _ListOf(Parameter[Sequence[Any]]):
    def __init__(self, element: Parameter[Any]) -> None:
        self._element = element

    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        items = items_of(given, operation, parameter, "a sequence")
        texts = [
            self._element.to_text(item, operation, f"{parameter}[{i}]")
            for i, item in enumerate(items)
        ]
        return ", ".join(texts)

    def from_text(self, text: str) -> Sequence[Any]:
        return tuple(self._element.from_text(part) for part in split_list(text))


def integer(bits: int, *, signed: bool = True) -> Parameter[int]:
    """A machine integer."""
    return _Integer(bits, signed)


boolean: Parameter[bool] = _Boolean()
"""A truth value."""

floating: Parameter[float] = _Floating()
"""A floating-point number."""

text: Parameter[str] = _Text()
"""A string, written in quotes."""

symbol: Parameter[str] = _Symbol()
"""The name of a symbol, written with `@`."""

type_: Parameter[ir.Type] = _Type()
"""A type."""

attribute: Parameter[ir.Attribute] = _Attribute()
"""An attribute."""

opaque: Parameter[str] = _Opaque()
"""A parameter whose form only C++ knows: the text as it is in the IR."""


def enum_case(
    cases: type[CaseEnum] | type[FlagEnum], separator: str = ""
) -> Parameter[Any]:
    """A case of an enum; `separator` joins the bits of a bit enum."""
    return _EnumCase(cases, separator)


def list_of(element: Parameter[Any]) -> Parameter[Sequence[Any]]:
    """Several values of one kind, separated by commas."""
    return _ListOf(element)
