"""Kinds of parameters of attributes and types: how a Python value is written in the IR, and read back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from .enums import CaseEnum, FlagEnum, case_of
from .errors import wrong_type, wrong_value
from .host import ir
from .numeric import Coercer
from .quoting import quote, symbol_text, unquote
from .scalars import as_bool, as_float, as_int
from .scanning import split_list
from .values import items_of
from .words import fits_float, integer_bounds

__all__ = [
    "Parameter",
    "ParameterRule",
    "attribute_parameter",
    "bool_parameter",
    "dense_array_parameter",
    "enum_parameter",
    "float_parameter",
    "integer_parameter",
    "list_parameter",
    "opaque_parameter",
    "symbol_parameter",
    "text_parameter",
    "type_parameter",
]

_MLIR_ERROR: type[Exception] = vars(ir)["MLIRError"]
_T = TypeVar("_T")


class Parameter(Generic[_T]):
    """A kind of parameter."""

    words = "a value"
    """What the kind accepts, for messages."""

    is_list = False
    """Whether a comma can stand in its text, outside of brackets."""

    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        """The text of a value in the IR; raises `TypeError` or `ValueError`."""
        raise AssertionError("every kind writes")

    def from_text(self, text: str) -> _T:
        """The value that a text of the IR means; a current context is there for types and attributes."""
        raise AssertionError("every kind reads")

    def is_text(self, text: str) -> bool:
        """Whether a text can be a value of this kind."""
        return bool(text)

    def check_text(self, text: str, operation: str, parameter: str) -> None:
        """Raise `ValueError` where the text cannot be a value of this kind."""
        if not self.is_text(text):
            raise wrong_value(operation, parameter, text, self.words)


@dataclass(frozen=True)
class ParameterRule:
    """A parameter that a definition declares.

    `key` is its name in the assembly format, `name` the one in Python. Where a `default` or `optional` is given, the
    text leaves the parameter out for the default value, or for None.
    """

    key: str
    name: str
    kind: Parameter[Any]
    optional: bool = False
    default: Any = None

    @property
    def may_be_missing(self) -> bool:
        """Whether the text can do without it."""
        return self.optional or self.default is not None


class _Integer(Parameter[int]):
    def __init__(self, type_text: str) -> None:
        self._low, self._high = integer_bounds(type_text[:2], int(type_text[2:]))
        self.words = f"an int from {self._low} to {self._high}"

    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        number = as_int(given)
        if number is None:
            raise wrong_type(operation, parameter, given, "an int")
        if not self._low <= number <= self._high:
            raise wrong_value(operation, parameter, given, self.words)
        return str(number)

    def from_text(self, text: str) -> int:
        return int(text, 0)

    def is_text(self, text: str) -> bool:
        is_number = re.fullmatch(r"-?[0-9]+|0x[0-9A-Fa-f]+", text) is not None
        return is_number and self._low <= self.from_text(text) <= self._high


class _Boolean(Parameter[bool]):
    words = "a bool"

    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        truth = as_bool(given)
        if truth is None:
            raise wrong_type(operation, parameter, given, self.words)
        return "true" if truth else "false"

    def from_text(self, text: str) -> bool:
        return text == "true"

    def is_text(self, text: str) -> bool:
        return text in ("true", "false")


_FLOAT = re.compile(r"-?[0-9]+\.[0-9]*(?:[eE][-+]?[0-9]+)?")


class _Floating(Parameter[float]):
    """A C++ `float` or `double`; the host prints it as MLIR does."""

    def __init__(self, type_text: str) -> None:
        self._type_text = type_text
        self.words = f"a float that {type_text} has room for"

    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        number = as_float(given)
        if number is None:
            raise wrong_type(operation, parameter, given, "a float")
        if not fits_float(number, self._type_text):
            raise wrong_value(operation, parameter, given, self.words)
        kind = ir.Type.parse(self._type_text)
        made = ir.FloatAttr.get(kind, number, ir.Location.unknown())
        return str(made).partition(" : ")[0]

    def from_text(self, text: str) -> float:
        return ir.FloatAttr(ir.Attribute.parse(f"{text} : {self._type_text}")).value

    def is_text(self, text: str) -> bool:
        is_number = _FLOAT.fullmatch(text) is not None
        return is_number or re.fullmatch(r"0x[0-9A-Fa-f]+", text) is not None


def _utf8(
    write: Callable[[str], str], given: str, operation: str, parameter: str
) -> str:
    """The text as `write` writes it; half of a surrogate pair is refused."""
    try:
        given.encode()
    except UnicodeEncodeError:
        accepted = "text that UTF-8 can write"
        raise wrong_value(operation, parameter, given, accepted) from None
    return write(given)


class _Text(Parameter[str]):
    words = "a str"

    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        if not isinstance(given, str):
            raise wrong_type(operation, parameter, given, self.words)
        return _utf8(quote, given, operation, parameter)

    def from_text(self, text: str) -> str:
        return unquote(text)

    def is_text(self, text: str) -> bool:
        return re.fullmatch(r'"([^"\\]|\\.)*"', text, re.DOTALL) is not None


class _Symbol(Parameter[str]):
    words = "the name of a symbol"

    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        name = given.value if isinstance(given, ir.FlatSymbolRefAttr) else given
        if not isinstance(name, str):
            raise wrong_type(operation, parameter, given, self.words)
        bare = name.removeprefix("@")
        if not bare:
            raise wrong_value(operation, parameter, given, self.words)
        return _utf8(symbol_text, bare, operation, parameter)

    def from_text(self, text: str) -> str:
        bare = text.removeprefix("@")
        return unquote(bare) if bare.startswith('"') else bare

    def is_text(self, text: str) -> bool:
        return re.fullmatch(r'@([\w$.]+|"([^"\\]|\\.)*")', text, re.DOTALL) is not None


class _Type(Parameter["ir.Type"]):
    words = "a Type"

    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        if not isinstance(given, ir.Type):
            raise wrong_type(operation, parameter, given, self.words)
        return str(given)

    def from_text(self, text: str) -> ir.Type:
        return ir.Type.parse(text)

    def check_text(self, text: str, operation: str, parameter: str) -> None:
        try:
            ir.Type.parse(text)
        except _MLIR_ERROR:
            raise wrong_value(operation, parameter, text, "a type") from None


class _Attribute(Parameter[Any]):
    """An attribute that some coercer takes, with everything that MLIR writes about it."""

    def __init__(self, coerce: Coercer) -> None:
        self._coerce = coerce

    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        return str(self._coerce(given, operation, parameter))

    def from_text(self, text: str) -> Any:
        return ir.Attribute.parse(text)

    def check_text(self, text: str, operation: str, parameter: str) -> None:
        try:
            parsed = ir.Attribute.parse(text)
        except _MLIR_ERROR:
            raise wrong_value(operation, parameter, text, "an attribute") from None
        self._coerce(parsed, operation, parameter)


class _DenseList(Parameter[Any]):
    """A dense array, of which MLIR writes only `[1, 2]` here."""

    def __init__(self, coerce: Coercer, element: str) -> None:
        self._coerce = coerce
        self._element = element
        self.words = f"a list of {element} in square brackets"

    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        whole = str(self._coerce(given, operation, parameter)).removeprefix("array<")
        return f"[{whole.partition(': ')[2].removesuffix('>')}]"

    def from_text(self, text: str) -> Any:
        inner = text[1:-1].strip()
        head = f"array<{self._element}"
        return ir.Attribute.parse(f"{head}: {inner}>" if inner else f"{head}>")

    def is_text(self, text: str) -> bool:
        return text.startswith("[") and text.endswith("]")


class _Opaque(Parameter[str]):
    words = "a str, as it is written in the IR"

    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        if not isinstance(given, str):
            raise wrong_type(operation, parameter, given, self.words)
        return given

    def from_text(self, text: str) -> str:
        return text


class _EnumCase(Parameter[Any]):
    def __init__(self, cases: type[CaseEnum] | type[FlagEnum], separator: str) -> None:
        self._cases = cases
        self._separator = separator
        self.is_list = separator.strip() == ","
        self.words = f"a case of {cases.__name__}, or its name"

    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        case: Any = case_of(self._cases, given, operation, parameter)
        return str(
            case.spelled(self._separator) if isinstance(case, FlagEnum) else case.text
        )

    def _parts(self, text: str) -> list[str]:
        separator = self._separator.strip()
        parts = text.split(separator) if separator else [text]
        return [part.strip() for part in parts]

    def from_text(self, text: str) -> Any:
        whole, *others = [
            case_of(self._cases, part, self._cases.__name__, "case")
            for part in self._parts(text)
        ]
        for case in others:
            whole |= case  # type: ignore[assignment]
        return whole

    def is_text(self, text: str) -> bool:
        texts = {case.text for case in self._cases.__members__.values()}
        return all(part in texts for part in self._parts(text))

    def check_text(self, text: str, operation: str, parameter: str) -> None:
        for part in self._parts(text):
            if not self.is_text(part):
                case_of(self._cases, part, operation, parameter)


class _ListOf(Parameter[Sequence[Any]]):
    is_list = True

    def __init__(self, element: Parameter[Any]) -> None:
        self._element = element
        self.words = f"a sequence, each item {element.words}"

    def to_text(self, given: Any, operation: str, parameter: str) -> str:
        items = items_of(given, operation, parameter, self.words)
        texts = [
            self._element.to_text(item, operation, f"{parameter}[{i}]")
            for i, item in enumerate(items)
        ]
        return ", ".join(texts)

    def from_text(self, text: str) -> Sequence[Any]:
        return tuple(self._element.from_text(part) for part in split_list(text))

    def is_text(self, text: str) -> bool:
        return all(self._element.is_text(part) for part in split_list(text))

    def check_text(self, text: str, operation: str, parameter: str) -> None:
        for index, part in enumerate(split_list(text)):
            self._element.check_text(part, operation, f"{parameter}[{index}]")


def integer_parameter(type_text: str) -> Parameter[int]:
    """A machine integer: `si32`, `si64`, `ui32` or `ui64`."""
    return _Integer(type_text)


def float_parameter(type_text: str) -> Parameter[float]:
    """A machine float: `f32` or `f64`."""
    return _Floating(type_text)


bool_parameter: Parameter[bool] = _Boolean()
"""A truth value."""

text_parameter: Parameter[str] = _Text()
"""A string, written in quotes."""

symbol_parameter: Parameter[str] = _Symbol()
"""The name of a symbol, written with `@`."""

type_parameter: Parameter[ir.Type] = _Type()
"""A type."""

opaque_parameter: Parameter[str] = _Opaque()
"""A parameter whose form only C++ knows: the text as it is in the IR."""


def attribute_parameter(coerce: Coercer) -> Parameter[Any]:
    """An attribute that `coerce` takes or makes."""
    return _Attribute(coerce)


def dense_array_parameter(coerce: Coercer, element: str) -> Parameter[Any]:
    """A dense array, e.g. of `i64`."""
    return _DenseList(coerce, element)


def enum_parameter(
    cases: type[CaseEnum] | type[FlagEnum], separator: str = ""
) -> Parameter[Any]:
    """A case of an enum; `separator` joins the bits of a bit enum."""
    return _EnumCase(cases, separator)


def list_parameter(element: Parameter[Any]) -> Parameter[Sequence[Any]]:
    """Several values of one kind, separated by commas."""
    return _ListOf(element)
