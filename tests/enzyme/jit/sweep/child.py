"""Runs the programs of a file one after the other and writes what became of each; a program may end the process."""

from __future__ import annotations

import faulthandler
import os
import pickle
import sys
from pathlib import Path
from typing import Any

import numpy as np

from enzyme_mlir import jit

from .program import Program

LEVEL = 2 if os.environ.get("OPSPEC_SWEEP") == "all" else 0
"""LLVM's optimisation level."""


def is_close(found: Any, wanted: Any, tolerance: float) -> bool:
    """Whether two values are the same up to some units in the last place."""
    one, other = np.asarray(found), np.asarray(wanted)
    if one.shape != other.shape:
        return False
    if other.dtype.kind in "biu":
        return np.array_equal(one.astype(np.int64), other.astype(np.int64))
    kind = np.float64 if other.dtype.kind != "c" else np.complex128
    eps = 2.0**-7 if other.dtype.name == "bfloat16" else float(np.finfo(other.dtype).eps)
    return bool(
        np.allclose(one.astype(kind), other.astype(kind), rtol=tolerance * eps, atol=tolerance * eps, equal_nan=True)
    )


def judge(program: Program) -> str:
    """`right`, or `refused: ` or `wrong: ` and more."""
    try:
        function = jit.compile(program.text, opt_level=LEVEL)
    except jit.JitError as error:
        return f"refused: {error}"
    for attempt in range(2):
        given = [value.copy() if isinstance(value, np.ndarray) else value for value in program.arguments]
        found = function(*given)
        returned = () if found is None else found if isinstance(found, tuple) else (found,)
        if len(returned) != len(program.results):
            return f"wrong: {len(returned)} results"
        for position, (one, wanted) in enumerate(zip(returned, program.results, strict=True)):
            if not is_close(one, wanted, program.tolerance):
                return f"wrong: call {attempt}: result {position} is {one!r}, not {wanted!r}"
        for position, wanted in program.after:
            if wanted is not None and not is_close(given[position], wanted, program.tolerance):
                return f"wrong: call {attempt}: argument {position} becomes {given[position]!r}, not {wanted!r}"
        kept = {position for position, _ in program.after}
        for position, (one, before) in enumerate(zip(given, program.arguments, strict=True)):
            if position not in kept and isinstance(one, np.ndarray) and not is_close(one, before, 0.0):
                return f"wrong: call {attempt}: argument {position} changes to {one!r}"
    return "right"


def main(path: str) -> None:
    """Judge the programs of a file; the verdicts go to another beside it, each as soon as it is known."""
    faulthandler.disable()
    programs: list[Program] = pickle.loads(Path(path).read_bytes())
    with Path(path).with_suffix(".verdicts").open("a") as verdicts:
        for program in programs:
            try:
                verdict = judge(program)
            except Exception as error:
                verdict = f"raised: {type(error).__name__}: {error}"
            print(repr(verdict), file=verdicts, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
