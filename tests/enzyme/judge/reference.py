"""The derivatives that are right: every mode is linear algebra on the derivatives of the program itself.

Near a point a function is known by its values, its Jacobian and, where it is differentiated again, its Hessian. Its
inputs are all numbers among its arguments, initial contents of memory included; its outputs are those among its
results, and the final contents of memory. Forward mode maps tangents of inputs to tangents of outputs, reverse mode
adjoints of outputs to adjoints of inputs: a shadow holds that of final contents on entry and that of initial contents
on exit. `const` memory has neither, but what is stored there and read back still depends on what was stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .modes import Batch, Builder, Forward, Mode, Port, Primal, Reverse, Signature, signature
from .syntax import Program, is_float, is_memory

__all__ = ["Base", "Local", "evaluate", "flatten", "outputs_of", "size_of"]

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Local:
    """A function near a point: outputs are its results, then the memory among its arguments, floats only."""

    values: Array
    jacobian: Array | None
    """By inputs; None where it was not asked for."""
    hessian: Array | None
    known: Array
    """Which outputs are defined."""
    others: tuple[Any, ...] = ()
    """Results that are not floats, and memory of such."""


Base = Callable[[Sequence[Any], int], Local]
"""The program itself at arguments, with derivatives up to an order."""


def flatten(ports: Sequence[Port], values: Sequence[Any]) -> Array:
    """All floats among values, in order."""
    parts = [
        np.ravel(np.asarray(value, float)) for port, value in zip(ports, values, strict=True) if is_float(port.type)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)


def outputs_of(shape: Signature) -> tuple[Port, ...]:
    """Results, then memory among the arguments, whose contents may change."""
    return (*shape.results, *(port for port in shape.arguments if is_memory(port.type)))


class Layout:
    """Where the floats of each value stand among all of them."""

    def __init__(self, ports: Sequence[Port], sizes: Sequence[int]) -> None:
        self.slices: list[slice] = []
        start = 0
        for port, size in zip(ports, sizes, strict=True):
            count = size if is_float(port.type) else 0
            self.slices.append(slice(start, start + count))
            start += count
        self.count = start

    def rows(self, position: int) -> range:
        """The places of one value."""
        return range(self.slices[position].start, self.slices[position].stop)


def evaluate(mode: Mode, program: Program, arguments: Sequence[Any], order: int, base: Base) -> Local:
    """What the caller of a mode computes, with its derivatives up to an order."""
    if isinstance(mode, Primal):
        return base(arguments, order)
    if isinstance(mode, Builder):
        return _reordered(mode, program, evaluate(mode.builds, program, arguments, order, base), arguments)
    if isinstance(mode, Batch):
        return _batch(mode, program, arguments, order, base)
    return _Layer(mode, program, arguments).evaluate(order, base)


class _Layer:
    """One `autodiff` or `fwddiff`, at arguments."""

    def __init__(self, mode: Reverse | Forward, program: Program, arguments: Sequence[Any]) -> None:
        self.mode = mode
        self.program = program
        self.below = signature(mode.of, program)
        self.shape = signature(mode, program)
        self.arguments = list(arguments)
        sizes = [int(np.size(value)) for value in arguments]
        self.inputs = Layout(self.shape.arguments, sizes)
        self.flat = flatten(self.shape.arguments, arguments)
        self.primals = [position for position, port in enumerate(self.shape.arguments) if port.role == "primal"]

    def _find(self, role: str, of: int) -> int | None:
        for position, port in enumerate(self.shape.arguments):
            if port.role == role and port.of == of:
                return position
        return None

    def _take(self, rows: range, position: int, part: int, count: int) -> Array:
        """The matrix that picks a value, or a part of a wide one, out of all inputs; its rows are `rows` of `count`."""
        start = self.inputs.slices[position].start + part * len(rows)
        matrix = np.zeros((count, self.inputs.count))
        for offset, row in enumerate(rows):
            matrix[row, start + offset] = 1.0
        return matrix

    def evaluate(self, order: int, base: Base) -> Local:
        given = [self.arguments[position] for position in self.primals]
        inner = evaluate(self.mode.of, self.program, given, order + 1, base)
        assert inner.jacobian is not None
        count_in = inner.jacobian.shape[1]
        below_in = Layout(self.below.arguments, [int(np.size(value)) for value in given])
        pick = np.zeros((count_in, self.inputs.count))
        for index, position in enumerate(self.primals):
            pick += self._take(below_in.rows(index), position, 0, count_in)
        ports = outputs_of(self.below)
        out = Layout(ports, self._sizes(ports, given, len(inner.values)))
        primal = _Block(inner.values, inner.jacobian @ pick, inner.known)
        if isinstance(self.mode, Forward):
            return self._forward(order, inner, pick, below_in, out, primal)
        return self._reverse(order, inner, pick, below_in, out, primal)

    def _sizes(self, ports: Sequence[Port], given: Sequence[Any], total: int) -> list[int]:
        """Sizes of the outputs of the function inside."""
        by_name = {
            port.value.name: int(np.size(value)) for port, value in zip(self.below.arguments, given, strict=True)
        }
        return [by_name[port.value.name] if is_memory(port.type) else size_of(port) for port in ports]

    def _forward(self, order: int, inner: Local, pick: Array, below_in: Layout, out: Layout, primal: _Block) -> Local:
        assert inner.jacobian is not None
        tangents: list[_Block] = []
        for part in range(self.mode.width):
            direction = np.zeros((below_in.count, self.inputs.count))
            for index in range(len(self.below.arguments)):
                position = self._find("tangent", index)
                if position is not None and is_float(self.below.arguments[index].type):
                    direction += self._take(below_in.rows(index), position, part, below_in.count)
            along = direction @ self.flat
            slopes = inner.jacobian @ direction
            if order:
                assert inner.hessian is not None
                slopes = slopes + np.einsum("oij,i->oj", inner.hessian, along) @ pick
            tangents.append(_Block(inner.jacobian @ along, slopes, inner.known))
        parts: list[_Block] = []
        ports = outputs_of(self.below)
        names = {port.value.name: position for position, port in enumerate(ports)}
        for port in outputs_of(self.shape):
            if is_memory(port.type):
                below = self.below.arguments[port.of]
                where = out.slices[names[below.value.name]]
            else:
                where = out.slices[port.of]
            blocks = [primal] if port.role == "primal" else tangents
            parts += [block.part(where, port.keeps) for block in blocks]
        return _joined(parts, order, inner.others)

    def _reverse(self, order: int, inner: Local, pick: Array, below_in: Layout, out: Layout, primal: _Block) -> Local:
        assert inner.jacobian is not None
        assert isinstance(self.mode, Reverse)
        ports = outputs_of(self.below)
        adjoints: list[_Block] = []
        for part in range(self.mode.width):
            seeds = np.zeros((out.count, self.inputs.count))
            ones = np.zeros(out.count)
            for position, port in enumerate(ports):
                if is_memory(port.type):
                    index = next(i for i, each in enumerate(self.below.arguments) if each.value == port.value)
                    found = self._find("shadow", index)
                else:
                    found = self._find("seed", position)
                    if self.mode.unit_seed and self.mode.returns[position].startswith("active"):
                        ones[out.slices[position]] = 1.0
                if found is not None and is_float(port.type):
                    seeds += self._take(out.rows(position), found, part, out.count)
            seed = seeds @ self.flat + ones
            slopes = inner.jacobian.T @ seeds
            if order:
                assert inner.hessian is not None
                slopes = slopes + np.einsum("oij,o->ij", inner.hessian, seed) @ pick
            adjoints.append(_Block(inner.jacobian.T @ seed, slopes, np.ones(below_in.count, bool)))
        parts: list[_Block] = []
        names = {port.value.name: position for position, port in enumerate(ports)}
        for port in outputs_of(self.shape):
            if port.role == "primal":
                name = self.below.arguments[port.of].value.name if is_memory(port.type) else None
                parts.append(primal.part(out.slices[port.of if name is None else names[name]], port.keeps))
            else:
                parts += [adjoint.part(below_in.slices[port.of], port.keeps) for adjoint in adjoints]
        return _joined(parts, order, inner.others)


@dataclass(frozen=True, slots=True)
class _Block:
    """Some outputs: values, their Jacobian, and which are defined."""

    values: Array
    jacobian: Array
    known: Array

    def part(self, where: slice, keeps: bool) -> _Block:
        known = self.known[where] if keeps else np.zeros_like(self.known[where])
        return _Block(self.values[where], self.jacobian[where], known)


def _joined(parts: Sequence[_Block], order: int, others: tuple[Any, ...]) -> Local:
    if not parts:
        return Local(np.zeros(0), None, None, np.zeros(0, bool), others)
    values = np.concatenate([part.values for part in parts])
    jacobian = np.concatenate([part.jacobian for part in parts]) if order else None
    return Local(values, jacobian, None, np.concatenate([part.known for part in parts]), others)


def size_of(port: Port) -> int:
    """How many numbers a value has whose type says so."""
    return 1 if isinstance(port.type, str) else int(np.prod([size or 0 for size in port.type.shape]))


def _reordered(mode: Builder, program: Program, plain: Local, arguments: Sequence[Any]) -> Local:
    """The outputs in the order in which a builder gives them."""
    before, after = signature(mode.builds, program), signature(mode, program)
    memory = {port.value.name: int(np.size(value)) for port, value in zip(before.arguments, arguments, strict=True)}

    def sizes(shape: Signature) -> list[int]:
        return [memory[port.value.name] if is_memory(port.type) else size_of(port) for port in outputs_of(shape)]

    layout = Layout(outputs_of(before), sizes(before))
    place = {port.value.name: part for port, part in zip(outputs_of(before), layout.slices, strict=True)}
    order = [i for port in outputs_of(after) for i in range(place[port.value.name].start, place[port.value.name].stop)]
    return Local(plain.values[order], None, None, plain.known[order], plain.others)


def _batch(mode: Batch, program: Program, arguments: Sequence[Any], order: int, base: Base) -> Local:
    """One after the other; a batch has neither memory nor whole numbers among its arguments."""
    below = signature(mode.of, program)
    found = [
        evaluate(mode.of, program, [np.asarray(value)[item] for value in arguments], order, base)
        for item in range(mode.size)
    ]
    sizes = [size_of(port) for port in below.results]
    out = Layout(below.results, sizes)
    into = Layout(below.arguments, [size_of(port) for port in below.arguments])
    rows = [
        (item, row) for position in range(len(below.results)) for item in range(mode.size) for row in out.rows(position)
    ]
    values = np.array([found[item].values[row] for item, row in rows])
    known = np.array([found[item].known[row] for item, row in rows], bool)
    if not order:
        return Local(values, None, None, known)
    columns = [
        (item, column)
        for position in range(len(below.arguments))
        for item in range(mode.size)
        for column in into.rows(position)
    ]
    place = {pair: position for position, pair in enumerate(columns)}
    count = len(columns)
    jacobian = np.zeros((len(rows), count))
    hessian = np.zeros((len(rows), count, count)) if order > 1 else None
    for at, (item, row) in enumerate(rows):
        picked = [place[item, column] for column in range(into.count)]
        local = found[item]
        assert local.jacobian is not None
        jacobian[at, picked] = local.jacobian[row]
        if hessian is not None:
            assert local.hessian is not None
            hessian[at][np.ix_(picked, picked)] = local.hessian[row]
    return Local(values, jacobian, hessian, known)
