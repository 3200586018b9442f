"""What is wrong, as a value: texts are made of it at the end, and never read back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias, TypeVar

from .dataclass import dataclass

__all__ = ["Complaint", "Report", "complaining", "complaint_of", "raising", "silent"]

_E = TypeVar("_E", bound=Exception)


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a parameter or a part.

    Example: `Complaint("width", "0", "at least 1", operation="enzyme.autodiff")`.
    """

    parameter: str
    """The parameter or the part, as builders call it."""
    given: str
    """What it is, in words."""
    accepted: str
    """What is accepted, in words."""
    hint: str = ""
    """What to do about it, where there is something that is likely meant."""
    operation: str = ""
    """The operation, or the function that was called; empty where a complaint is not yet about one."""

    @property
    def wanted(self) -> str:
        """What is accepted, and the hint."""
        return f"{self.accepted}; {self.hint}" if self.hint else self.accepted

    def __str__(self) -> str:
        """The complaint as a clause, e.g. `width is 0, accepted is at least 1`."""
        return f"{self.parameter} is {self.given}, accepted is {self.wanted}"


Report: TypeAlias = Callable[[Complaint], None]
"""Takes what is wrong."""


def silent(complaint: Complaint) -> None:
    """Takes a complaint that somebody else will report."""


def raising(operation: str) -> Report:
    """Makes a `ValueError` of the first complaint about an operation."""

    def report(complaint: Complaint) -> None:
        raise complaining(ValueError, operation, complaint)

    return report


def complaining(
    kind: type[_E], operation: str, complaint: Complaint, text: str = ""
) -> _E:
    """An error about an operation, which knows what it complains about; `text` says it in other words."""
    error = kind(f"{operation}: {text or complaint}")
    known = replace(complaint, operation=operation)
    error.complaint = known  # type: ignore[attr-defined]
    return error


def complaint_of(error: Exception) -> Complaint | None:
    """What an error complains about: the parts of its message as fields.

    Builders, attribute and type classes, accessors and `verify` raise `TypeError` and `ValueError` that have them.

    Returns:
        The parts; None where the error has none.
    """
    found = getattr(error, "complaint", None)
    return found if isinstance(found, Complaint) else None
