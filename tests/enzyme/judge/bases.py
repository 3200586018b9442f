"""The two references for the program itself: jets through the interpreter, and differences of compiled code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from .interpreter import Interpreter
from .jets import Jet, variable
from .modes import Primal, signature
from .reference import Base, Local, flatten, outputs_of
from .scalars import Unfit
from .syntax import Program, Shaped, is_float, is_memory

__all__ = ["Observed", "difference_base", "jet_base"]

Array = np.ndarray[Any, Any]
STEP = 2.0**-9
SECOND_STEP = 2.0**-7
MARGIN = 0.02
"""A point nearer to a kink is not used: differences would step over it."""
HUGE = 1e7


class Observed:
    """What the interpreter saw in all its runs."""

    def __init__(self) -> None:
        self.trips: set[int] = set()


def jet_base(program: Program, observed: Observed | None = None) -> Base:
    """The program on jets.

    The base raises `Unfit` for arguments near a kink, and for numbers that are huge or not defined.
    """
    shape = signature(Primal(), program)
    outputs = outputs_of(shape)

    def base(arguments: Sequence[Any], order: int) -> Local:
        interpreter = Interpreter(program)
        count = len(flatten(shape.arguments, arguments))
        given: list[Any] = []
        start = 0
        for port, value in zip(shape.arguments, arguments, strict=True):
            if isinstance(port.type, Shaped):
                array = np.empty(np.shape(value), object)
                for place in np.ndindex(array.shape):
                    number = np.asarray(value)[place].item()
                    if is_float(port.type):
                        array[place] = variable(number, start, count, order)
                        start += 1
                    else:
                        array[place] = number
                given.append(array)
            elif is_float(port.type):
                given.append(variable(value, start, count, order))
                start += 1
            else:
                given.append(value)
        results = interpreter.call(program.entry, given)
        if interpreter.margin < MARGIN:
            raise Unfit(f"a kink is {interpreter.margin:.1e} away")
        if observed is not None:
            observed.trips |= interpreter.trips
        finals = [array for array, port in zip(given, shape.arguments, strict=True) if is_memory(port.type)]
        return _collect(outputs, [*results, *finals], count, order)

    return base


def _collect(outputs: Sequence[Any], values: Sequence[Any], count: int, order: int) -> Local:
    jets: list[Jet] = []
    others: list[Any] = []
    for port, value in zip(outputs, values, strict=True):
        if not is_float(port.type):
            others.append(value)
        elif isinstance(value, np.ndarray):
            jets += list(value.ravel())
        else:
            jets.append(value)
    total = len(jets)
    jacobian = np.zeros((total, count)) if order else None
    hessian = np.zeros((total, count, count)) if order > 1 else None
    for row, jet in enumerate(jets):
        if jet is None:
            raise Unfit("memory is returned before it is written")
        if jacobian is not None and jet.first is not None:
            jacobian[row] = jet.first
        if hessian is not None and jet.second is not None:
            hessian[row] = jet.second
    for part in (jacobian, hessian):
        if part is not None and not (np.abs(part) < HUGE).all():
            raise Unfit("huge derivatives")
    return Local(np.array([jet.value for jet in jets]), jacobian, hessian, np.ones(total, bool), tuple(others))


Run = Callable[[Sequence[Any]], list[Any]]
"""Compiled code: takes arguments, gives results and then the memory among the arguments."""


def difference_base(program: Program, run: Run) -> Base:
    """Central differences of compiled code, extrapolated (Richardson) from steps that are halved."""
    shape = signature(Primal(), program)
    outputs = outputs_of(shape)

    def base(arguments: Sequence[Any], order: int) -> Local:
        at = flatten(shape.arguments, arguments)

        def values(point: Array) -> Array:
            return flatten(outputs, run(_restored(shape.arguments, arguments, point)))

        here = values(at)
        count = len(at)
        scale = 1 + np.abs(at)
        jacobian = hessian = None
        if order:
            jacobian = np.zeros((len(here), count))
            for i in range(count):
                jacobian[:, i] = _extrapolated(lambda h, i=i: _slope(values, at, i, h * scale[i]), STEP)
        if order > 1:
            hessian = np.zeros((len(here), count, count))
            for i in range(count):
                for j in range(i + 1):
                    found = _extrapolated(
                        lambda h, i=i, j=j: _curvature(values, at, here, i, j, h * scale[i], h * scale[j]), SECOND_STEP
                    )
                    hessian[:, i, j] = hessian[:, j, i] = found
        return Local(here, jacobian, hessian, np.ones(len(here), bool))

    return base


def _restored(ports: Sequence[Any], arguments: Sequence[Any], point: Array) -> list[Any]:
    """The arguments, with other floats in them."""
    restored: list[Any] = []
    start = 0
    for port, value in zip(ports, arguments, strict=True):
        if not is_float(port.type):
            restored.append(value)
            continue
        size = int(np.size(value))
        part = point[start : start + size]
        start += size
        restored.append(part.reshape(np.shape(value)) if isinstance(port.type, Shaped) else float(part[0]))
    return restored


def _extrapolated(difference: Callable[[float], Array], step: float) -> Array:
    """A difference whose error is a series in the square of the step."""
    rows = [difference(step), difference(step / 2), difference(step / 4)]
    for power in (4, 16):
        rows = [(power * finer - coarser) / (power - 1) for coarser, finer in pairwise(rows)]
    return rows[0]


def _slope(values: Callable[[Array], Array], at: Array, i: int, step: float) -> Array:
    shift = np.zeros_like(at)
    shift[i] = step
    return (values(at + shift) - values(at - shift)) / (2 * step)


def _curvature(
    values: Callable[[Array], Array], at: Array, here: Array, i: int, j: int, one: float, two: float
) -> Array:
    shift = np.zeros_like(at)
    shift[i] = one
    if i == j:
        return (values(at + shift) - 2 * here + values(at - shift)) / one**2
    other = np.zeros_like(at)
    other[j] = two
    corners = values(at + shift + other) - values(at + shift - other) - values(at - shift + other)
    return (corners + values(at - shift - other)) / (4 * one * two)
