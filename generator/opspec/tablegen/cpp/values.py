"""What C++ expressions evaluate to."""

from __future__ import annotations

from typing import TypeAlias

from opspec.dataclass import dataclass
from opspec.tablegen.cpp.enums import CppEnum
from opspec.tablegen.cpp.kinds import Kind

__all__ = ["ApInt", "Built", "BuiltType", "CaseValue", "Items", "Number", "Text", "Value"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number of an arithmetic type; `bool` is one."""

    kind: Kind
    number: int | float


@dataclass(frozen=True, slots=True)
class ApInt:
    """A number of LLVM's class for integers of any width, by its bits."""

    width: int
    bits: int


@dataclass(frozen=True, slots=True)
class Text:
    """The bytes of a string."""

    data: bytes


@dataclass(frozen=True, slots=True)
class CaseValue:
    """A value of an enum, which need not be one of its cases."""

    enum: CppEnum
    number: int


@dataclass(frozen=True, slots=True)
class Items:
    """A list in braces, whose items have the type `element` where one is written."""

    items: tuple[Value, ...]
    element: str = ""


@dataclass(frozen=True, slots=True)
class Built:
    """An MLIR attribute; `kind` is the notation's word for it, e.g. `i64`, `array`, `dense_array<i8>`."""

    kind: str
    value: Value


@dataclass(frozen=True, slots=True)
class BuiltType:
    """An MLIR type, by the notation's word for it, e.g. `i64`."""

    word: str


Value: TypeAlias = "Number | ApInt | Text | CaseValue | Items | Built | BuiltType"
