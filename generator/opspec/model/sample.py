"""A sample of an operation: the data from which its test, its snapshot and its example are made."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from opspec.dataclass import dataclass

__all__ = ["Sample", "SampleRegion", "SampleValue"]

SampleValue: TypeAlias = "bool | int | float | str | tuple[SampleValue, ...]"


@dataclass(frozen=True, slots=True)
class SampleRegion:
    """A region of one block: the types of its arguments, and which of them its terminator returns.

    `terminator` is the full name of the operation that ends it, e.g. `stablehlo.return`; empty where the facts tell.
    """

    name: str
    arguments: tuple[str, ...]
    returns: tuple[int, ...]
    terminator: str


@dataclass(frozen=True, slots=True)
class Sample:
    """Values for one call. Operands and results are given by their types, in MLIR's syntax.

    `setup` is MLIR text of what the sample refers to by symbol, `setups` that of releases which need another one.
    `inside` is what it stands in, `function` or `module`; empty where the facts tell.
    """

    operands: tuple[tuple[str, tuple[str, ...]], ...] = ()
    attributes: tuple[tuple[str, SampleValue], ...] = ()
    results: tuple[tuple[str, tuple[str, ...]], ...] = ()
    regions: tuple[SampleRegion, ...] = ()
    setup: str = ""
    inside: str = ""
    setups: tuple[tuple[str, str], ...] = ()

    def in_release(self, release: str) -> Sample:
        """The sample with the setup of a release."""
        return replace(self, setup=dict(self.setups).get(release, self.setup), setups=())
