"""What is wrong, as a value: texts are made of it at the end, and never read back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, TypeVar

from .dataclass import dataclass

__all__ = ["Complaint", "Report", "complaining", "complaint_of", "raising", "silent"]

_E = TypeVar("_E", bound=Exception)


@dataclass(frozen=True, slots=True)
class Complaint:
    """The parameter (or part) that is wrong, what was given, and what is accepted, in words."""

    parameter: str
    given: str
    accepted: str

    def __str__(self) -> str:
        """The complaint as a clause, e.g. `width is 0, accepted is at least 1`."""
        return f"{self.parameter} is {self.given}, accepted is {self.accepted}"


Report: TypeAlias = Callable[[Complaint], None]
"""Takes what is wrong."""


def silent(complaint: Complaint) -> None:
    """Takes a complaint that somebody else will report."""


def raising(operation: str) -> Report:
    """Makes a `ValueError` of the first complaint about an operation."""

    def report(complaint: Complaint) -> None:
        raise complaining(ValueError(f"{operation}: {complaint}"), complaint)

    return report


def complaining(error: _E, complaint: Complaint) -> _E:
    """The error, which knows what it complains about."""
    error.complaint = complaint  # type: ignore[attr-defined]
    return error


def complaint_of(error: Exception) -> Complaint | None:
    """What an error complains about; None where it is not one of ours."""
    found = getattr(error, "complaint", None)
    return found if isinstance(found, Complaint) else None
