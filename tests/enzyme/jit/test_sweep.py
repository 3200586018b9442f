"""Every operation with every element type: right, or refused with a reason; none ends the process.

`make test` takes part of the programs, without LLVM's optimisations; `OPSPEC_SWEEP=all` takes all of them, with.
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")

from .sweep.children import run_programs
from .sweep.control import CONTROL
from .sweep.conversions import CONVERSIONS
from .sweep.loops import random_loops
from .sweep.memory import MEMORY
from .sweep.misfits import MISFITS
from .sweep.numbers import NUMBERS
from .sweep.program import Program
from .sweep.structured import STRUCTURED
from .sweep.tensors import TENSORS

FAMILIES = {
    "numbers": NUMBERS,
    "conversions": CONVERSIONS,
    "memory": MEMORY,
    "tensors": TENSORS,
    "control": CONTROL,
    "structured": STRUCTURED,
}
ALWAYS = ("f64", "i1")
EVERY = 1 if os.environ.get("OPSPEC_SWEEP") == "all" else 8

UNBUFFERIZED = r"op was not bufferized\s+see current operation: .*"
REFUSED = {
    r"^memref\.(generic_)?atomic_rmw.* index$": "must be .*signless integer or floating-point",
    r"^memref\.alloca_scope (index|complex<f\d+>)$": "lowering to LLVM failed: 'llvm.br' op operand #0",
    r"^func\.call and func\.call_indirect: tensor": UNBUFFERIZED + "call_indirect",
    r"^tensor\.(gather|scatter|bitcast)": UNBUFFERIZED + r"tensor\.(gather|scatter|bitcast)",
    r"^linalg\.(un)?pack": UNBUFFERIZED + r"linalg\.(un)?pack",
    r"^linalg\.softmax": r"linalg\.softmax in @\w+ is left after lowering; it has no way to machine code",
    r"^linalg\.(?!copy|fill|select|generic|map|reduce|broadcast|transpose).* index$": (
        "Cannot build binary|arrays of numbers only"
    ),
    r"^linalg\.pooling_\w+_unsigned on \w+, i1$": "unsigned (max|min) not on uint",
    r"^complex\.bitcast": r"failed to legalize operation 'complex\.bitcast'",
    r"^arith\.scaling_": r"arith\.truncf in @\w+ is left after lowering",
}
"""What cannot be compiled, and with which words it is refused."""

ABSENT = {
    "arith": (),
    "math": (),
    "complex": (),
    "index": (),
    "memref": ("dma_start", "dma_wait"),
    "tensor": (),
    "linalg": ("fill_rng_2d", *(f"winograd_{each}_transform" for each in ("filter", "input", "output"))),
    "scf": (),
    "affine": ("vector_load", "vector_store"),
    "cf": (),
    "func": (),
}
"""The dialects that `docs/jit.md` names, and what they have that no program here uses."""


def chosen(programs: Sequence[Program]) -> list[Program]:
    return [program for position, program in enumerate(programs) if program.type in ALWAYS or position % EVERY == 0]


def reason_for(program: Program) -> str | None:
    return next((reason for name, reason in REFUSED.items() if re.search(name, program.name)), None)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_operation_with_every_type(family: str) -> None:
    programs = chosen(FAMILIES[family])
    plain = [program for program in programs if reason_for(program) is None]
    odd = [replace(program, is_alone=True) for program in programs if reason_for(program) is not None]
    found = dict(zip((program.name for program in plain), run_programs(plain), strict=True))
    assert {name: verdict for name, verdict in found.items() if verdict != "right"} == {}
    for program, verdict in zip(odd, run_programs(odd), strict=True):
        assert verdict.startswith("refused: "), (program.name, verdict)
        assert re.search(str(reason_for(program)), verdict, re.DOTALL), (program.name, verdict)


def test_programs_that_nobody_should_write() -> None:
    found = dict(zip((program.name for program in MISFITS), run_programs(MISFITS), strict=True))
    assert {name: verdict for name, verdict in found.items() if not re.match("right|refused: .", verdict)} == {}


@pytest.mark.parametrize("start", [0, 100])
def test_random_loops_over_tensors(start: int) -> None:
    programs = [random_loops(seed) for seed in range(start, start + (100 if EVERY == 1 else 40))]
    found = dict(zip((program.name for program in programs), run_programs(programs), strict=True))
    assert {name: verdict for name, verdict in found.items() if verdict != "right"} == {}


def test_no_operation_is_forgotten() -> None:
    texts = " ".join(program.text for family in FAMILIES.values() for program in family)
    named = set(re.findall(r"\b([a-z]+\.[a-z]\w*(?:\.[a-z]\w*)*)", texts))
    named |= {f"func.{name}" for name in ("call", "call_indirect", "constant", "return")}
    for dialect, absent in ABSENT.items():
        generated = importlib.import_module(f"mlir.dialects._{dialect}_ops_gen")
        known = {
            value.OPERATION_NAME
            for value in vars(generated).values()
            if isinstance(value, type) and hasattr(value, "OPERATION_NAME")
        }
        assert known - named == {f"{dialect}.{name}" for name in absent}
