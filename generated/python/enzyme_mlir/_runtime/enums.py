"""Enums whose cases know their number and their text in the IR."""

from __future__ import annotations

import enum
import re
from typing import Any, TypeVar

from .deprecation import old_case
from .errors import unknown_case, wrong_type, wrong_value
from .scalars import as_int

__all__ = ["CaseEnum", "FlagEnum", "case_of"]

_E = TypeVar("_E", bound="CaseEnum | FlagEnum")


class _Spelled:
    """What both kinds of enums share."""

    text: str = ""
    """How the case is spelled in the IR; empty for a combination of flags that has no name."""


class CaseEnum(_Spelled, enum.IntEnum):
    """An enum of MLIR: each case is its number, and prints as its text in the IR.

    Cases are declared as `NAME = number, text`.
    """

    def __new__(cls, number: int, text: str = "") -> CaseEnum:
        """A case; called by `enum` for each declaration."""
        case = int.__new__(cls, number)
        case._value_ = number
        case.text = text
        return case

    def __str__(self) -> str:
        """The text in the IR."""
        return self.text


class FlagEnum(_Spelled, enum.IntFlag):
    """A bit enum of MLIR: cases combine with `|`. Declared as `NAME = number, text`."""

    def __new__(cls, number: int, text: str = "") -> FlagEnum:
        """A case; called by `enum` for each declaration."""
        case = int.__new__(cls, number)
        case._value_ = number
        case.text = text
        return case

    def spelled(self, separator: str = "|") -> str:
        """The text in the IR: the name of the whole, or the names of its bits."""
        named = [case for case in unique(type(self)) if case.text]
        for case in named:
            if case.value == self.value:
                return case.text
        bits = [
            case.text
            for case in named
            if case.value and case.value & (case.value - 1) == 0 and case in self
        ]
        return separator.join(bits)

    def __str__(self) -> str:
        """The text in the IR."""
        return self.spelled()


def unique(cases: type[_E]) -> list[_E]:
    """The cases of an enum, each once: further names of a case are no cases of their own."""
    return list(dict.fromkeys(cases.__members__.values()))  # type: ignore[arg-type]


def _all_bits(cases: type[FlagEnum]) -> int:
    declared = 0
    for case in cases.__members__.values():
        declared |= int(case)
    return declared


def _is_declared(cases: type[CaseEnum] | type[FlagEnum], number: int) -> bool:
    """Whether a number is that of a case, or of bits that are all declared."""
    if issubclass(cases, FlagEnum):
        return number >= 0 and not number & ~_all_bits(cases)
    return any(case.value == number for case in cases.__members__.values())


def _named(cases: type[_E], given: str, operation: str, parameter: str) -> _E:
    """The case of that text or name; of a bit enum also several, with `|` or commas between them."""
    parts = re.split(r"\s*[|,]\s*", given) if issubclass(cases, FlagEnum) else [given]
    found: list[Any] = []
    for part in parts:
        for name, case in cases.__members__.items():
            if part in (case.text, name, name.lower()):
                found.append(case)
                break
        else:
            new = old_case(cases, part)
            if new is None:
                texts = [case.text for case in unique(cases)]
                raise unknown_case(operation, parameter, part, texts, cases.__members__)
            found.append(cases.__members__[new])
    whole = found[0]
    for case in found[1:]:
        whole |= case
    return whole  # type: ignore[no-any-return]


def _number(cases: type[CaseEnum] | type[FlagEnum], given: object) -> int | None:
    """The number that a value is; None where it is none, or a case of another enum."""
    if not isinstance(given, enum.Enum):
        return as_int(given)
    if not isinstance(given, cases):
        return None
    value: int = given.value
    if value < 0 and issubclass(cases, FlagEnum):  # what `~` gives before Python 3.11
        return value & _all_bits(cases)
    return value


def case_of(cases: type[_E], given: object, operation: str, parameter: str) -> _E:
    """The case that a value means: a member, its text in the IR, its Python name, or its number."""
    if isinstance(given, cases) and given.text:
        return given
    if isinstance(given, str):
        return _named(cases, given, operation, parameter)
    number = _number(cases, given)  # type: ignore[arg-type]
    if number is None:
        accepted = f"a case of {cases.__name__}, or its name"
        raise wrong_type(operation, parameter, given, accepted)
    if _is_declared(cases, number):  # type: ignore[arg-type]
        return cases(number)
    numbers = [str(case.value) for case in cases.__members__.values()]
    if issubclass(cases, FlagEnum):
        accepted = f"one of {', '.join(numbers)}, or a sum of them"
        raise wrong_value(operation, parameter, number, accepted)
    raise unknown_case(operation, parameter, number, numbers)
