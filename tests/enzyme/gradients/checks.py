"""Derivatives that take more than floats to ask for: arrays, several results, other modes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from enzyme_mlir import jit, lowering

from .cases import TOLERANCE

Outcome = Callable[[jit.Function], tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Check:
    """A module with a derivative, and a comparison of what it computes with what it has to."""

    name: str
    mode: str
    text: str
    outcome: Outcome
    """Calls the compiled `@main` and gives back what was found and what is right, as numbers or arrays."""
    pipeline: str = "differentiate"
    tolerance: float = TOLERANCE
    why: str = ""
    refused: str = ""
    """A part of the message with which it is refused; empty where it is differentiated."""


def error_of(check: Check, enzyme: Path | None = None) -> float:
    """Differentiate, compile and call; the worst relative error over all numbers, where `nan` is right if wanted.

    Args:
        check: What to differentiate.
        enzyme: The folder of an Enzyme; by default the one in use.

    Raises:
        EnzymeError: It is refused.
    """
    found, wanted = check.outcome(jit.compile(lowering.run(check.text, check.pipeline, enzyme=enzyme)))
    one = np.concatenate([np.ravel(np.asarray(part, np.float64)) for part in found])
    other = np.concatenate([np.ravel(np.asarray(part, np.float64)) for part in wanted])
    assert one.shape == other.shape
    assert list(np.isnan(one)) == list(np.isnan(other))
    known = ~np.isnan(other)
    scale = np.where(other[known] == 0, 1.0, np.abs(other[known]))
    return float(np.max(np.abs(one[known] - other[known]) / scale, initial=0.0))


def asks(op: str, fn: str, operands: str, activity: str, ret_activity: str, types: str, extra: str = "") -> str:
    """A differentiating operation in generic form; activities are words, `dup const`."""

    def spelled(words: str) -> str:
        return f"[{', '.join(f'#enzyme.activity<enzyme_{word}>' for word in words.split())}]"

    return (
        f'"enzyme.{op}"({operands}) {{fn = @{fn}, activity = {spelled(activity)}, '
        f"ret_activity = {spelled(ret_activity)}{extra}}} : {types}"
    )
