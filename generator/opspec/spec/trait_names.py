"""Traits that are almost called like one of MLIR's: most likely misspelt, though a dialect may have its own."""

from __future__ import annotations

import difflib

from opspec.diagnostics import Diagnostic, Diagnostics
from opspec.model.constraints import NamedTrait
from opspec.model.dialect import Dialect

__all__ = ["KNOWN", "warn_of_traits"]

KNOWN = frozenset(
    """AffineScope AlwaysSpeculatable AttrSizedOperandSegments AttrSizedResultSegments AutomaticAllocationScope
    Commutative ConstantLike DistinctObjectsTrait Elementwise ElementwiseMappable GraphRegionNoTerminator
    HasOnlyGraphRegion HasParallelRegion Idempotent InferTypeOpAdaptor Involution IsolatedFromAbove
    MemRefsNormalizable NoMemoryEffect NoRegionArguments NoTerminator Pure RecursiveMemoryEffects
    RecursivelySpeculatable ResultsAreFloatLike ReturnLike SameOperandsAndResultElementType SameOperandsAndResultRank
    SameOperandsAndResultShape SameOperandsAndResultType SameOperandsElementType SameOperandsShape SameTypeOperands
    SameVariadicOperandSize SameVariadicResultSize Scalarizable SingleBlock SingleBlockImplicitTerminator Symbol
    SymbolTable Tensorizable Terminator Vectorizable""".split()
)
"""The traits of MLIR 22 that facts name without arguments."""


def warn_of_traits(dialect: Dialect, diagnostics: Diagnostics) -> None:
    """Warn of each trait that is not MLIR's, and almost is."""
    for operation in dialect.operations:
        for trait in operation.traits:
            if isinstance(trait, NamedTrait) and trait.name not in KNOWN:
                near = _meant(trait.name)
                if near is not None:
                    diagnostics.found.append(
                        Diagnostic(
                            code="trait-name",
                            message=f"the trait '{trait.name}' of '{operation.mnemonic}' is none of MLIR's",
                            location=operation.location,
                            hint=f"did you mean '{near}'? A trait of another name is kept as it is",
                            is_warning=True,
                        )
                    )


def _meant(name: str) -> str | None:
    """The trait of MLIR's that has almost this name, or its letters in another order; None where none has."""
    known = {trait.lower(): trait for trait in KNOWN}
    lower = name.lower()
    close = difflib.get_close_matches(lower, known, n=1, cutoff=0.8)
    mixed = (trait for trait in known if sorted(trait) == sorted(lower))
    return known.get(next(iter(close or mixed), ""))
