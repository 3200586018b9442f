"""What the programs have in common: a function in MLIR, the same one in NumPy, and how they are compared."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))  # `showing` belongs to the larger examples, a folder above

from showing import check, run

__all__ = ["Program", "check", "compare", "complex_step", "distance", "main_of", "show"]

Named = dict[str, Any]
"""Arguments by their names, in the order of the function in MLIR."""


@dataclass(frozen=True, slots=True)
class Program:
    """A function in MLIR and the same function in NumPy.

    It computes what it returns and, behind that, what it leaves in the memory of `outputs`. If that is one number,
    `gradient(**arguments)` is its gradient. If not, `gradient(**arguments, seeds=...)` is the gradient of the sum of
    all that is computed, each element times its seed.
    """

    title: str
    """What it is, in a few words."""
    mlir: str
    """The module."""
    entry: str
    """The function that is differentiated."""
    wrt: tuple[str, ...]
    """The arguments that it is differentiated by."""
    point: Callable[[], Named]
    """Arguments, made anew at each call."""
    value: Callable[..., Any]
    """The function in NumPy: what it computes, as a tuple if that is more than one number or array."""
    gradient: Callable[..., tuple[Any, ...]]
    """The derivatives by `wrt` in NumPy."""
    outputs: tuple[str, ...] = ()
    """Arguments in whose memory the function leaves what it computes."""
    large: Callable[[], Named] | None = None
    """Arguments for taking times; those of `point` if there are none."""
    tolerance: float = 1e-11
    """How far a derivative may be from NumPy's, relative to the largest by the same argument."""

    @property
    def is_scalar(self) -> bool:
        """Whether it computes one number."""
        return not self.outputs and np.ndim(self.value(**self.point())) == 0

    def seeds(self, arguments: Named) -> tuple[Any, ...]:
        """A seed for all that is computed: 1 for a number by itself, else numbers between 0.5 and 1.5."""
        right = _several(self.value(**arguments))
        if self.is_scalar:
            return (1.0,)
        rng = np.random.default_rng(7)
        return tuple(
            rng.uniform(0.5, 1.5, np.shape(each)) if np.ndim(each) else rng.uniform(0.5, 1.5) for each in right
        )

    def computed(self) -> tuple[Any, ...]:
        """What the compiled function computes."""
        from enzyme_mlir import jit

        arguments = self.point()
        results = jit.compile(self.mlir, self.entry)(*arguments.values())
        return (*(() if results is None else _several(results)), *(arguments[name] for name in self.outputs))

    def right(self) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """What NumPy computes, and its derivatives."""
        arguments = self.point()
        given = {} if self.is_scalar else {"seeds": self.seeds(arguments)}
        return _several(self.value(**arguments)), self.gradient(**arguments, **given)

    def reverse(self) -> tuple[Any, ...]:
        """The derivatives by `wrt`, in reverse mode."""
        from enzyme_mlir import vjp

        arguments = self.point()
        seeds = dict(zip(self.names(), self.seeds(arguments), strict=True))
        derivatives: tuple[Any, ...] = vjp(self.mlir, self.entry, wrt=self.wrt)(arguments, seeds).derivatives
        return derivatives

    def forward(self, tangents: Mapping[str, Any]) -> float:
        """The derivative along tangents, in forward mode, of the same sum that `gradient` is the gradient of."""
        from enzyme_mlir import jvp

        arguments = self.point()
        seeds = self.seeds(arguments)
        moved = _several(jvp(self.mlir, self.entry, wrt=self.wrt)(arguments, dict(tangents)).tangents)
        return float(sum(np.vdot(seed, tangent) for seed, tangent in zip(seeds, moved, strict=True)))

    def tangents(self) -> Named:
        """A tangent for each argument of `wrt`: numbers between -1 and 1."""
        rng = np.random.default_rng(11)
        arguments = self.point()
        shapes = {name: np.shape(arguments[name]) for name in self.wrt}
        return {name: rng.uniform(-1, 1, shape) if shape else rng.uniform(-1, 1) for name, shape in shapes.items()}

    def names(self) -> list[str]:
        """The names of what is computed."""
        count = len(_several(self.value(**self.point()))) - len(self.outputs)
        results = ["result"] if count == 1 else [f"result {number}" for number in range(count)]
        return [*results, *self.outputs]


def _several(values: Any) -> tuple[Any, ...]:
    return values if isinstance(values, tuple) else (values,)


def distance(found: Any, right: Any) -> float:
    """The largest difference, relative to the largest number that is right."""
    largest = float(np.max(np.abs(right), initial=0.0)) or 1.0
    return float(np.max(np.abs(np.asarray(found) - right), initial=0.0)) / largest


def complex_step(value: Callable[..., Any], arguments: Named, name: str) -> Any:
    """The derivative of a function of one number as exact as the function: Im f(x + ih) / h, with h = 1e-30."""
    point = np.array(arguments[name], dtype=complex)
    found = np.zeros(point.shape)
    for index in np.ndindex(point.shape):
        moved = point.copy()
        moved[index] += 1e-30j
        found[index] = np.imag(value(**{**arguments, name: moved if moved.ndim else moved[()]})) / 1e-30
    return found if found.ndim else float(found)


Compared = list[tuple[str, Any, Any]]
"""What is compared, what was found, what is right: a number or an array."""


def compare(program: Program) -> Compared:
    """What is computed, and the derivatives in both modes, beside NumPy's."""
    values, right = program.right()
    names = program.names()
    compared: Compared = [*zip(names, program.computed(), values, strict=True)]
    compared += zip([f"by {name}" for name in program.wrt], program.reverse(), right, strict=True)
    tangents = program.tangents()
    along = sum(np.vdot(tangents[name], wanted) for name, wanted in zip(program.wrt, right, strict=True))
    return [*compared, ("forward, along a tangent", program.forward(tangents), float(along))]


def show(program: Program, shown: int = 3) -> bool:
    """Print what a program computes and its derivatives beside NumPy's, the first of each array; whether all agree."""
    print(f"{program.title}: @{program.entry}, by {', '.join(program.wrt)}")
    compared = compare(program)
    rows: list[tuple[str, float, float]] = []
    for what, found, right in compared:
        elements = list(np.ndindex(np.shape(right)))[:shown]
        for at in elements:
            rows.append(
                (f"{what} {list(at) if at else ''}", float(np.asarray(found)[at]), float(np.asarray(right)[at]))
            )
    width = max(len(what) for what, _, _ in rows)
    print(f"{'':{width}}{'found':>24}{'NumPy':>24}")
    for what, one, other in rows:
        print(f"{what:{width}}{one:24.16g}{other:24.16g}")
    worst = max(distance(found, right) for _, found, right in compared)
    good = worst <= program.tolerance
    verdict = "good" if good else "WRONG"
    print(f"check: the worst relative error is {worst:.1e}, allowed is {program.tolerance:.0e}: {verdict}\n")
    return good


def main_of(main: Callable[[], bool]) -> None:
    """Run a program's `main`, and end Python as it says."""
    sys.exit(run(["mlir", "enzyme_ad"], main))
