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
                near = difflib.get_close_matches(trait.name, KNOWN, n=1, cutoff=0.8)
                if near:
                    diagnostics.found.append(
                        Diagnostic(
                            code="trait-name",
                            message=f"the trait '{trait.name}' of '{operation.mnemonic}' is none of MLIR's",
                            location=operation.location,
                            hint=f"did you mean '{near[0]}'? A trait of another name is kept as it is",
                            is_warning=True,
                        )
                    )
