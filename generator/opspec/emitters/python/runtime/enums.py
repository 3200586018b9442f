"""Enums whose cases know their number and their text in the IR."""

from __future__ import annotations

import enum
from typing import TypeVar

from .deprecation import old_case
from .errors import unknown_case, wrong_type

__all__ = ["CaseEnum", "FlagEnum", "case_of"]

_E = TypeVar("_E", bound="CaseEnum | FlagEnum")


class CaseEnum(enum.IntEnum):
    """An enum of MLIR: each case is its number, and prints as its text in the IR.

    Cases are declared as `NAME = number, text`.
    """

    text: str
    """How the case is spelled in the IR."""

    def __new__(cls, number: int, text: str = "") -> CaseEnum:
        """A case; called by `enum` for each declaration."""
        case = int.__new__(cls, number)
        case._value_ = number
        case.text = text
        return case

    def __str__(self) -> str:
        """The text in the IR."""
        return self.text


class FlagEnum(enum.IntFlag):
    """A bit enum of MLIR: cases combine with `|`. Declared as `NAME = number, text`."""

    text: str
    """How the case is spelled in the IR; empty for a combination that has no name."""

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


def _in_range(cases: type[_E], number: int) -> bool:
    """Whether a number is that of a case, or of bits that are all declared."""
    members = cases.__members__.values()
    if issubclass(cases, FlagEnum):
        declared = 0
        for case in members:
            declared |= case.value
        return number >= 0 and not number & ~declared
    return number in {case.value for case in members}


def case_of(cases: type[_E], given: object, operation: str, parameter: str) -> _E:
    """The case that a value means: a member, its text in the IR, its Python name, or its number."""
    members = cases.__members__
    is_number = isinstance(given, int) and not isinstance(given, (bool, enum.Enum))
    if isinstance(given, cases) or is_number:
        number = int(given)  # type: ignore[call-overload]
        if _in_range(cases, number):
            return cases(number)
        numbers = [str(case.value) for case in members.values()]
        raise unknown_case(operation, parameter, number, numbers)
    if isinstance(given, str):
        for name, case in members.items():
            if given in (case.text, name, name.lower()):
                return case  # type: ignore[return-value]
        new = old_case(cases, given)
        if new is not None:
            return members[new]  # type: ignore[return-value]
        texts = [case.text for case in unique(cases)]
        raise unknown_case(operation, parameter, given, texts)
    accepted = f"a case of {cases.__name__}, or its name"
    raise wrong_type(operation, parameter, given, accepted)
