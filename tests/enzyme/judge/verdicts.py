"""What the judge says of a case, and how numbers are compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .modes import Port
from .reference import Local
from .syntax import is_float

__all__ = ["KINDS", "Outcome", "compare", "flaw_of", "plain_reason", "references_agree"]

KINDS = ("right", "refused", "left over", "crash", "wrong")
"""The verdicts. Beside them a case may be `undecided`, where the two references do not agree at any point that was
tried, or `invalid`, where the host does not read the program: a fault of the judge."""

AGREE = {1: 2e-6, 2: 2e-4}
"""How near the references have to be to each other, relative to 1 plus the size of the number, by order."""
WRONG = {1: 1e-5, 2: 1e-3}
"""How far from the reference a number has to be to be wrong."""
SINGLE = 4e-3
"""The same in single precision."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on a case."""

    verdict: str
    why: str = ""
    """Who refused it and with what words, what is wrong, how the process ended."""
    stage: str = ""
    """Where that was: `parse`, `lower`, `compile`, `call`."""
    detail: str = ""
    """Numbers, for people."""
    points: int = 0
    """Points that were given up because the references did not agree there."""

    @property
    def kind(self) -> str:
        """The verdict with its reason, for telling whether two outcomes are of a kind."""
        return f"{self.verdict}: {plain_reason(self.why)}" if self.verdict != "wrong" else self.verdict


def plain_reason(reason: str) -> str:
    """A reason without what differs from program to program: places, names, types, sizes."""
    plain = re.sub(r"loc\(.*?\): |error: |@[\w.]+|%\w+(#\d+)?(:\d+)? = ", " ", reason)
    plain = re.sub(r"""((?<=operation )|(?<=op=)) *(["'][a-z_]+\.[\w.]+["']).*""", r"\2", plain)
    plain = re.sub(r"""(["'][a-z_]+\.[\w.]+["']) ?\(.*""", r"\1", plain)
    plain = re.sub(r"\b([a-z]+\.[a-z_]+) (%|\().*", r"\1", plain)
    plain = re.sub(r""""(fwd)?(diffe)*\d*(fwd)?(diffe)*[fhrm]\w*(\.prepared)*\"""", "a function", plain)
    plain = re.sub(r"\b\d+|'[^'.]*x?f(32|64)[^'.]*'", "N", plain)
    return " ".join(plain.split())


def references_agree(one: Local, other: Local, order: int) -> bool:
    """Whether the interpreter and the differences found the same, where both are defined."""
    with np.errstate(invalid="ignore"):
        far = np.abs(one.values - other.values) > AGREE[order] * (1 + np.abs(one.values))
    known = one.known & other.known
    return bool(np.isfinite(other.values[known]).all()) and not bool((far & known).any())


def flaw_of(
    ports: Sequence[Port], got: Sequence[Any], wanted: Local, order: int, is_single: bool
) -> tuple[str, str] | None:
    """What is wrong with the outputs: which of them, in words, and the numbers; None where nothing is."""
    start = 0
    others = list(wanted.others)
    tolerance = max(WRONG[order], SINGLE) if is_single else WRONG[order]
    for port, value in zip(ports, got, strict=True):
        if not is_float(port.type):
            if not np.array_equal(value, others.pop(0)):
                return f"{what(port)} is wrong", f"%{port.value.name}: got {value}"
            continue
        found = np.ravel(np.asarray(value, float))
        part = slice(start, start + len(found))
        start += len(found)
        right, known = wanted.values[part], wanted.known[part]
        with np.errstate(invalid="ignore"):
            near = np.abs(found - right) <= tolerance * (1 + np.abs(right))
        if not (near | ~known).all():
            return f"{what(port)} is wrong", f"%{port.value.name}: got {shown(found)}, expected {shown(right)}"
    return None


def what(port: Port) -> str:
    """A port in words."""
    return {"primal": "the primal", "shadow": "a shadow"}.get(port.role, f"the {port.role}")


def shown(numbers: np.ndarray[Any, Any]) -> str:
    """Numbers, short."""
    return "[" + ", ".join(f"{number:.6g}" for number in numbers) + "]"


def compare(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Whether two calls gave the same, to the bit."""
    return all(
        np.array_equal(np.asarray(a), np.asarray(b), equal_nan=_has_nan(a)) for a, b in zip(one, other, strict=True)
    )


def _has_nan(value: Any) -> bool:
    return np.asarray(value).dtype.kind in "fc"
