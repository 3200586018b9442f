"""The kinds of refusals that there were before functions were prepared, and what became of each, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["KINDS_BEFORE", "KindBefore", "kind_of"]


@dataclass(frozen=True, slots=True)
class KindBefore:
    """A kind of outcomes of before.

    Example: `KindBefore("copies", r'"memref\\.copy"', "They become loops.")`.
    """

    name: str
    """What was refused."""
    pattern: str
    """What its outcomes say; the first kind whose pattern is found counts."""
    became: str
    """What is done now."""


_MEMORY = "the function becomes one on memory before Enzyme sees it (`prepare/tensors.py`)"

KINDS_BEFORE = (
    KindBefore(
        "wrong without a word",
        r"^wrong",
        "mended or refused by name: see below and [unsound.md](unsound.md)",
    ),
    KindBefore(
        "the calling process ended",
        r"^crash",
        "`jit` lowers memory of `i1` another way",
    ),
    KindBefore(
        "operations of Enzyme left over",
        r"^left over",
        "`lowering.run` says so itself (`IncompleteExpansion`), where there are still any",
    ),
    KindBefore(
        "`memref.copy`",
        r'"memref\.copy"',
        "loops that load and store each element (`prepare/copies.py`)",
    ),
    KindBefore(
        "`memref.dealloc`",
        r'"memref\.dealloc"',
        "left out of what is differentiated, as the reverse pass reads the memory; `jit` frees it after each call "
        "(`prepare/frees.py`)",
    ),
    KindBefore("`tensor.from_elements`", r'"tensor\.from_elements"', _MEMORY),
    KindBefore("`tensor.insert`, `tensor.insert_slice`", r'"tensor\.insert', _MEMORY),
    KindBefore("`tensor.extract`, `tensor.extract_slice`", r'"tensor\.extract', _MEMORY),
    KindBefore("`tensor.splat`", r'"tensor\.splat"', _MEMORY),
    KindBefore(
        "structured operations on tensors",
        r"Linalg op with tensor|custom op 'linalg",
        f"{_MEMORY}, then loops; modules go to Enzyme and back in generic form",
    ),
    KindBefore(
        "parallel loops and their reductions",
        r"parallel reductions|affine\.parallel|scf\.parallel",
        "loops one after the other that carry what is reduced (`prepare/parallels.py`)",
    ),
    KindBefore(
        "calls of functions that touch memory, or themselves",
        r"callee touches memory",
        "calls become what they call; a function that calls itself gets a companion that gives its slopes in forward "
        "mode (`prepare/recursion.py`)",
    ),
    KindBefore(
        "constant memory that is written to, in forward mode",
        r"Unsupported constant arg",
        "it gets a cleared shadow, and what is stored there takes part (`prepare/zeros.py`, `prepare/globals.py`)",
    ),
    KindBefore(
        "functions without adjoint",
        r'operation "(math|arith)\.',
        "their derivatives are written beside them (the table of functions below)",
    ),
    KindBefore(
        "complex arithmetic",
        r'"complex\.',
        "functions of real and imaginary parts (`prepare/complexes.py`)",
    ),
    KindBefore(
        "batches",
        r"SmallVector unable to grow",
        "arithmetic on tensors, or a loop over the elements (`prepare/batches.py`)",
    ),
    KindBefore(
        "several directions at once (`width`)",
        r"type of return operand|requires (the|all operands)|verify that (type|all) of|op operand #N must be"
        r"|'enzyme\.extract'|symbol operand count|out-of-bounds",
        "one direction after the other, what they share once (`prepare/widths.py`)",
    ),
    KindBefore(
        "conditional loops, and loops that Enzyme miscounts",
        r"'(scf|affine)\.(while|for|if)' op|for this operation$",
        "conditional loops are counted first (`prepare/whiles.py`); unused results stand last, what is carried takes "
        "part from end to end",
    ),
    KindBefore(
        "derivatives of derivatives",
        r'"enzyme\.(fill_zero|push)"',
        "expanded from the inside outwards, what is left of each stage made plain",
    ),
    KindBefore(
        "tensors that `jit` could not make memory",
        r"^refused: JitError|UnreadableResult",
        "`jit` takes tensors in loops, and beside memory that is freed",
    ),
    KindBefore(
        "deaths of Enzyme",
        r"EnzymeCrash",
        "most were values without derivative, stored or carried where others have one: they get an active zero added",
    ),
    KindBefore("others", r"", "no large kind among them"),
)
"""The kinds, in the order of the page; the last one takes what no other has."""


def kind_of(outcome: str) -> KindBefore:
    """The kind of an outcome of before."""
    return next(kind for kind in KINDS_BEFORE if re.search(kind.pattern, outcome))
