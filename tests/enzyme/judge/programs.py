"""Random programs: a seed becomes a program, a mode and a point at which its derivatives exist."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .asking import random_mode
from .bases import jet_base
from .features import features_of
from .making import random_program
from .modes import Batch, Mode, Port, Primal, inner, layers, signature
from .reference import Local, evaluate, outputs_of, size_of
from .scalars import Unfit
from .syntax import Domain, Program, is_float, is_memory

__all__ = ["Case", "draw", "expected", "named_case", "random_case", "random_program"]

ATTEMPTS = 60
POINTS = 3
DULL = 0.8
"""How many of the cases whose derivatives are all zero are not taken."""


@dataclass(frozen=True, slots=True)
class Case:
    """A program, the derivative asked of it, and the number that the arguments are drawn from."""

    name: str
    program: Program
    mode: Mode
    point: int

    @property
    def features(self) -> frozenset[str]:
        """What it is made of."""
        return features_of(self.program, self.mode)


def random_case(seed: str, wanted: str = "") -> Case:
    """A case whose derivatives exist, by the interpreter.

    Args:
        seed: Any text.
        wanted: A feature that the case has to have; empty for any.
    """
    tries = ATTEMPTS * (20 if wanted else 1)
    for attempt in range(tries):
        case = named_case(f"{seed}/{attempt}", wanted)
        if case is not None:
            return case
    raise LookupError(f"no program with the feature {wanted!r} in {tries} attempts")


def named_case(name: str, wanted: str = "") -> Case | None:
    """The case of a name, as the judge prints it; None where its derivatives do not exist, or it lacks a feature."""
    rng = random.Random(name)
    program = random_program(rng)
    mode = None if program is None else random_mode(rng, program)
    if program is None or mode is None:
        return None
    case = Case(name, program, mode, 0)
    if wanted and wanted not in case.features:
        return None
    for point in range(POINTS):
        case = replace(case, point=point)
        try:
            local = expected(case)
        except Unfit:
            continue
        return case if _changes(case, local) or rng.random() >= DULL else None
    return None


def expected(case: Case) -> Local:
    """The right derivatives, by the interpreter."""
    return evaluate(case.mode, case.program, draw(case), 0, jet_base(case.program))


def _changes(case: Case, local: Local) -> bool:
    """Whether a derivative is not zero, or a shadow not what it was."""
    shape = signature(case.mode, case.program)
    given = {port.value.name: value for port, value in zip(shape.arguments, draw(case), strict=True)}
    start = 0
    for port in outputs_of(shape):
        before = np.ravel(given[port.value.name]) if is_memory(port.type) else np.zeros(size_of(port))
        if not is_float(port.type):
            continue
        part = local.values[start : start + len(before)]
        start += len(before)
        if port.role != "primal" and (np.abs(part - before) > 1e-12).any():
            return True
    return isinstance(case.mode, Batch) and isinstance(case.mode.of, Primal)


def draw(case: Case) -> list[Any]:
    """The arguments of a case's caller: numbers, whole numbers and arrays."""
    return [_value(case, port) for port in signature(case.mode, case.program).arguments]


def _value(case: Case, port: Port) -> Any:
    rng = random.Random(f"{case.name}/{case.point}/{port.value.name}")
    place = _argument(case, port)
    domain = Domain() if place is None else case.program.domains[place]
    element = port.type if isinstance(port.type, str) else port.type.element

    def number() -> Any:
        if element in ("f64", "f32"):
            number = rng.choice([-1, 1]) * rng.uniform(0.2, 1.5)
            return float(np.float32(number))
        if element == "i1":
            return rng.random() < 0.5
        return rng.randint(domain.low, domain.high)

    if isinstance(port.type, str):
        return number()
    sizes = iter(domain.sizes)
    shape = [next(sizes) if size is None else size for size in port.type.shape]
    dtype = {"f64": np.float64, "f32": np.float32, "i1": np.bool_, "i32": np.int32}.get(element, np.int64)
    if _is_silent(case, port):
        return np.zeros(shape, dtype)
    return np.array([number() for _ in range(int(np.prod(shape)))], dtype).reshape(shape)


def _argument(case: Case, port: Port) -> int | None:
    """Which argument of the program a port stands for, or goes with."""
    base = port.value.name.split("_")[0]
    for position, value in enumerate(case.program.entry.block.arguments):
        if value.name == base:
            return position
    return None


def _is_silent(case: Case, port: Port) -> bool:
    """Whether a shadow has to be zero: that of memory whose contents are not defined afterwards."""
    if port.role != "shadow":
        return False
    for layer in layers(case.mode):
        below = signature(inner(layer), case.program)
        for each in below.arguments:
            if port.value.name.startswith(f"{each.value.name}_") and is_memory(each.type) and not each.keeps:
                return port.value.name.rpartition("_")[0] == each.value.name
    return False
