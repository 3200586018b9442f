"""A sample of an operation: the data from which its test, its snapshot and its example are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["Sample", "SampleRegion", "SampleValue"]

SampleValue: TypeAlias = "bool | int | float | str | tuple[SampleValue, ...]"


@dataclass(frozen=True, slots=True)
class SampleRegion:
    """A region of one block: the types of its arguments, and which of them its terminator returns."""

    name: str
    arguments: tuple[str, ...]
    returns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """Values for one call. Operands and results are given by their types, in MLIR's syntax.

    `setup` is MLIR text of the functions that the sample refers to by symbol.
    """

    operands: tuple[tuple[str, tuple[str, ...]], ...] = ()
    attributes: tuple[tuple[str, SampleValue], ...] = ()
    results: tuple[tuple[str, tuple[str, ...]], ...] = ()
    regions: tuple[SampleRegion, ...] = ()
    setup: str = ""
