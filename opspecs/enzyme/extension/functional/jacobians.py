"""Dense Jacobians: a call of forward mode for each element of arguments, or of reverse mode for each of outputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .._given import MODES, Mode, Stage
from ..jit import Buffer
from .derived import Derived, Source
from .drafting import Step
from .programs import Program, Recipe, program_of
from .signature import (
    Group,
    Origin,
    Output,
    Signature,
    Tree,
    is_float,
    leaves_of,
    rebuilt,
    renumbered,
)
from .steps import Forward, Reverse
from .values import resolve

__all__ = ["Jacobian"]


class Jacobian(Derived):
    """What `jacobian` makes: it takes what the function takes, and returns a block for each output and argument."""

    def __init__(
        self,
        source: Source,
        wrt: tuple[int, ...],
        *,
        is_single: bool,
        mode: Mode | None,
        strong_zero: bool,
    ) -> None:
        super().__init__(source, f"jacobian of {source.title}")
        recipe = source.recipe
        self._wrt = wrt
        self._is_single = is_single
        self._mode = mode
        self._backward = Reverse("vjp", wrt, False, strong_zero)
        steps: dict[str, Step] = {
            "forward": Forward("jvp", wrt, strong_zero),
            "reverse": self._backward,
        }
        self._programs: dict[str, Program] = {
            name: program_of(
                Recipe(recipe.given, (*recipe.steps, step), recipe.unsound)
            )
            for name, step in steps.items()
        }

    def ir(self, stage: Stage = "lowered") -> str:
        """The IR as text: that of the mode that was asked for, or else of forward mode; stages as for `grad`."""
        if stage not in ("built", "lowered"):
            return super().ir(stage)
        program = self._programs[self._mode or "forward"]
        return program.built() if stage == "built" else program.lowered()

    def __str__(self) -> str:
        mode = (
            self._mode
            or "forward or reverse mode, by the sizes of arguments and outputs"
        )
        return f"{super().__str__()}\n  blocks by: {mode}"

    def compile(self) -> None:
        """Expand and compile now, in the mode that was asked for, or else in both."""
        for mode in (self._mode,) if self._mode else MODES:
            self._programs[mode].caller()

    def __call__(self, *arguments: object, **named: object) -> Any:
        """The blocks at a point.

        Args:
            arguments: As for the function itself.
            named: Arguments by their names.

        Returns:
            For an output and an argument an array of the output's shape followed by the argument's, a float where both
            are numbers. One by itself; for several arguments a tuple of them, for several outputs a tuple of those.

        Raises:
            TypeError: An argument is missing, too much, or of a wrong kind.
            ValueError: An argument is out of range, of another shape, or shares memory with one that is written to.
            EnzymeError: Enzyme did not make anything of it (at the first call).
            JitError: It cannot be compiled (at the first call).
        """
        function = self.signature
        values = self._source.form.flat(arguments, named, self.name)
        outputs = [
            number
            for number, output in enumerate(function.outputs)
            if is_float(output.kind)
        ]
        shapes = [_shape(function.outputs[number], values) for number in outputs]
        mode = self._mode or self._cheaper(shapes, values)
        if mode == "forward":
            blocks = self._forward(len(outputs), values)
        else:
            if None in shapes:
                found = self._outputs(values)
                shapes = [np.shape(found[number]) for number in outputs]
            blocks = self._reverse(function, outputs, shapes, values)
        rows = [
            blocks[at][0] if self._is_single else tuple(blocks[at])
            for at in range(len(outputs))
        ]
        return rebuilt(_rows(function, outputs), rows)

    def _cheaper(
        self, shapes: Sequence[tuple[int, ...] | None], values: Sequence[Any]
    ) -> str:
        """The mode with fewer calls; forward where the sizes of outputs are not known before."""
        gives = 0
        for shape in shapes:
            if shape is None:
                return "forward"
            gives += int(np.prod(shape))
        takes = sum(np.size(values[number]) for number in self._wrt)
        return "forward" if takes <= gives else "reverse"

    def _outputs(self, values: Sequence[Any]) -> list[Any]:
        """The outputs of the function itself, whose effects are undone."""
        copies = self._copies(self.signature, values)
        return self._program.caller().outputs(copies, self.name)

    @staticmethod
    def _copies(function: Signature, values: Sequence[Any]) -> list[Any]:
        """The values, with copies of the arrays that a function may write to."""
        copies = list(values)
        for parameter in function.parameters:
            if parameter.is_written and parameter.origin is Origin.GIVEN:
                value = copies[parameter.of]
                if isinstance(value, np.ndarray):
                    copies[parameter.of] = value.copy()
        return copies

    def _sweep(
        self, mode: str, values: Sequence[Any], units: Sequence[Sequence[Any]]
    ) -> list[list[Any]]:
        """The outputs of a derivative for each of some tangents or seeds; the function's own effects happen once."""
        caller = self._programs[mode].caller()
        found: list[list[Any]] = []
        for at, unit in enumerate(units, start=1):
            own = values if at == len(units) else self._copies(self.signature, values)
            found.append(caller.outputs([*own, *unit], self.name))
        return found

    def _forward(self, count: int, values: Sequence[Any]) -> list[list[Any]]:
        """A column for each element of the arguments."""
        shapes = [np.shape(values[number]) for number in self._wrt]
        zeros = [
            _zeros(self.signature.inputs[number].kind, shape)
            for number, shape in zip(self._wrt, shapes, strict=True)
        ]
        units = [
            [*zeros[:at], _unit(zero, element), *zeros[at + 1 :]]
            for at, zero in enumerate(zeros)
            for element in range(np.size(zero))
        ]
        columns = [
            outputs[len(outputs) - count :]
            for outputs in self._sweep("forward", values, units or [zeros])
        ]
        blocks: list[list[Any]] = [[] for _ in range(count)]
        start = 0
        for shape in shapes:
            size = int(np.prod(shape))
            for at, row in enumerate(blocks):
                parts = [
                    np.asarray(column[at]) for column in columns[start : start + size]
                ]
                lead = np.shape(columns[0][at])
                stack = np.stack(parts, axis=-1) if parts else np.zeros((*lead, 0))
                row.append(_plain(stack.reshape((*lead, *shape))))
            start += size
        return blocks

    def _reverse(
        self,
        function: Signature,
        outputs: Sequence[int],
        shapes: Sequence[tuple[int, ...] | None],
        values: Sequence[Any],
    ) -> list[list[Any]]:
        """A row for each element of the outputs."""
        places = self._backward.seeds(function)
        first = len(function.inputs)
        zeros: list[Any] = [None] * len(places)
        for number, shape in zip(outputs, shapes, strict=True):
            zeros[places[number] - first] = _zeros(
                function.outputs[number].kind, shape or ()
            )
        units: list[list[Any]] = []
        for number in outputs:
            at = places[number] - first
            for element in range(np.size(zeros[at])):
                units.append([*zeros[:at], _unit(zeros[at], element), *zeros[at + 1 :]])
        count = len(self._wrt)
        rows = [
            found[len(found) - count :]
            for found in self._sweep("reverse", values, units or [zeros])
        ]
        blocks: list[list[Any]] = []
        start = 0
        for shape in shapes:
            size = int(np.prod(shape or ()))
            row: list[Any] = []
            for at in range(count):
                parts = [np.asarray(each[at]) for each in rows[start : start + size]]
                tail = np.shape(rows[0][at])
                stack = np.stack(parts) if parts else np.zeros((0, *tail))
                row.append(_plain(stack.reshape((*(shape or ()), *tail))))
            blocks.append(row)
            start += size
        return blocks


def _shape(output: Output, values: Sequence[Any]) -> tuple[int, ...] | None:
    """The sizes of an output, where they are known before the call."""
    return None if output.shape is None else resolve(output.shape, values)


def _zeros(kind: Any, shape: Sequence[int]) -> Any:
    """Zeros of a kind."""
    if not isinstance(kind, Buffer):
        return 0.0
    return np.zeros(tuple(shape), kind.element.dtype)


def _unit(zero: Any, element: int) -> Any:
    """Zeros but for one element."""
    if not isinstance(zero, np.ndarray):
        return 1.0
    unit = zero.copy()
    unit.flat[element] = 1
    return unit


def _plain(block: Any) -> Any:
    """A block; a float where it is one number."""
    return block if block.ndim else block.item()


def _rows(function: Signature, outputs: Sequence[int]) -> Tree:
    """How rows of blocks are grouped: as what the function returns; memory that it writes to stands behind."""
    numbers: dict[int, int | None] = {number: at for at, number in enumerate(outputs)}
    if len(leaves_of(function.tree)) == len(function.outputs):
        return renumbered(function.tree, numbers)
    found = [numbers.get(number) for number in range(len(function.outputs))]
    return found[0] if len(found) == 1 else Group(tuple(found))
