"""Derivatives of a function as functions of the same module: reverse and forward mode.

A step adds one function to a module and says what its caller sees of it. Steps follow each other: each is taken of the
function that the one before it has added.
"""

# pyright: reportUnusedImport=false

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .._runtime.host import ir
from ..dialects import enzyme as _enzyme  # noqa: F401 - its operations are built here
from ..dialects._enzyme_derivatives import jvp, vjp
from ..lowering.prepare.building import add_operation
from .drafting import Draft, grouped, type_of, write_function
from .signature import (
    Group,
    Origin,
    Place,
    Signature,
    Tree,
    is_float,
    is_memory,
    leaves_of,
    renumbered,
)

__all__ = ["Forward", "Reverse"]

_IR: Any = ir


@dataclass(frozen=True, slots=True)
class Reverse:
    """Reverse mode: the derivatives by some inputs of a number, or of outputs with a seed for each."""

    form: str
    """What the call returns: `grad` the derivatives, `value_and_grad` the value too, `vjp` a `Vjp`."""
    wrt: tuple[int, ...]
    """The inputs to differentiate by."""
    is_single: bool
    """Whether the one derivative comes by itself."""
    strong_zero: bool = False
    """Whether zero times infinity or NaN is zero in the derivative."""

    @property
    def summary(self) -> str:
        """What is made, in a few words."""
        return "reverse mode"

    def seeds(self, function: Signature) -> dict[int, int]:
        """For each output that has a seed the input that it is; in the order in which `build` adds them."""
        memory = [
            output
            for number, parameter in enumerate(function.parameters)
            if is_memory(parameter.kind) and is_float(parameter.kind)
            if (output := function.output_at(Place.MEMORY, number)) is not None
        ]
        results = [
            output
            for index, kind in enumerate(function.results)
            if is_float(kind)
            if (output := function.output_at(Place.RESULT, index)) is not None
        ]
        first = len(function.inputs)
        return {output: first + at for at, output in enumerate((*memory, *results))}

    def build(self, module: Any, function: Signature) -> Signature:
        """Add the derivative to the module."""
        draft = Draft(function)
        has_values = self.form != "grad"
        active: list[int] = []
        shadows: dict[int, int] = {}
        for number, parameter in enumerate(function.parameters):
            draft.keep(number)
            is_wanted = parameter.of in self.wrt
            if not is_float(parameter.kind):
                continue
            if not is_memory(parameter.kind):
                active += [number] * is_wanted
                continue
            output = function.output_at(Place.MEMORY, number)
            if is_wanted or parameter.is_written or output is not None:
                shadows[number] = self._add_shadow(draft, number, output)
        seeds = self._add_seeds(draft)

        def body(values: list[Any]) -> list[Any]:
            built = vjp(
                function.entry,
                [values[draft.copies[number]] for number in draft.copies],
                [
                    self._seed(kind, at, values)
                    for kind, at in zip(function.results, seeds, strict=True)
                ],
                wrt=active,
                shadows={number: values[at] for number, at in shadows.items()},
                results=has_values,
                strong_zero=self.strong_zero,
            )
            return [*built.results, *built.derivatives]

        wished = f"{function.entry}_{self.form}"
        made = write_function(
            module, wished, [type_of(each.kind) for each in draft.parameters], body
        )
        before = len(function.results) if has_values else 0
        value = (
            draft.primal({index: index for index in range(before)})
            if has_values
            else None
        )
        derivatives: list[int | None] = []
        for wanted in self.wrt:
            number = function.parameter_of(wanted)
            one = function.inputs[wanted]
            by = f"derivative by {one.name}"
            if number in shadows:
                added = draft.add_output(
                    by, one.kind, Place.MEMORY, shadows[number], one.shape
                )
            else:
                at = before + active.index(number)
                added = draft.add_output(by, one.kind, Place.RESULT, at, one.shape)
            derivatives.append(added)
        tree = grouped(derivatives, alone=self.is_single)
        if self.form == "value_and_grad":
            tree = Group((value, tree))
        elif self.form == "vjp":
            tree = Group((value, tree), "Vjp")
        return draft.finish(made, tree)

    def _add_shadow(self, draft: Draft, number: int, output: int | None) -> int:
        """Memory into which a derivative is added; it starts with the seed of what is in the memory after the call."""
        function = draft.function
        kind, shape = function.parameters[number].kind, draft.shape(number)
        if output is None:
            return draft.add(kind, Origin.ZEROS, shape=shape)
        if self.form == "vjp":
            name = f"seed of {function.outputs[output].name}"
            return draft.add(kind, Origin.COPIED, draft.add_input(name, kind, shape))
        is_value = output == function.tree
        return draft.add(kind, Origin.ONES if is_value else Origin.ZEROS, shape=shape)

    def _add_seeds(self, draft: Draft) -> list[int | None]:
        """The parameters that are seeds of results; a result without one has none, or the constant 1."""
        seeds: list[int | None] = []
        for index, kind in enumerate(draft.function.results):
            output = draft.function.output_at(Place.RESULT, index)
            if self.form != "vjp" or output is None or not is_float(kind):
                seeds.append(None)
                continue
            one = draft.function.outputs[output]
            given = draft.add_input(f"seed of {one.name}", kind, one.shape)
            seeds.append(draft.add(kind, Origin.GIVEN, given))
        return seeds

    def _seed(self, kind: Any, at: int | None, values: list[Any]) -> Any:
        if at is not None:
            return values[at]
        return None if self.form == "vjp" or not is_float(kind) else _one(kind)


def _one(kind: Any) -> Any:
    """The constant 1 of a number's type."""
    given = type_of(kind)
    shaped = isinstance(given, _IR.RankedTensorType)
    one = _IR.FloatAttr.get(given.element_type if shaped else given, 1.0)
    if shaped:
        one = _IR.DenseElementsAttr.get_splat(given, one)
    return add_operation("arith.constant", [], [given], {"value": one}).results[0]


@dataclass(frozen=True, slots=True)
class Forward:
    """Forward mode: the derivatives of all outputs along tangents of some inputs."""

    form: str
    """What the call returns: `jvp` a `Jvp`, `hvp` the tangents alone."""
    wrt: tuple[int, ...]
    """The inputs that have tangents."""
    strong_zero: bool = False
    """Whether zero times infinity or NaN is zero in the derivative."""

    @property
    def summary(self) -> str:
        """What is made, in a few words."""
        return "forward mode"

    def build(self, module: Any, function: Signature) -> Signature:
        """Add the derivative to the module."""
        draft = Draft(function)
        has_values = self.form == "jvp"
        tangents: dict[int, int] = {}
        directions: dict[int, int] = {}
        for wanted in self.wrt:
            one = function.inputs[wanted]
            directions[wanted] = draft.add_input(
                f"tangent of {one.name}", one.kind, one.shape
            )
        for number, parameter in enumerate(function.parameters):
            draft.keep(number)
            direction = directions.get(parameter.of)
            kind, writes = parameter.kind, parameter.is_written
            if direction is not None:
                origin = Origin.COPIED if writes else Origin.GIVEN
                tangents[number] = draft.add(kind, origin, direction, writes=writes)
            elif is_memory(kind) and is_float(kind) and self._moves(function, number):
                shape = draft.shape(number)
                tangents[number] = draft.add(kind, Origin.ZEROS, shape=shape)

        def body(values: list[Any]) -> list[Any]:
            inputs = [values[draft.copies[number]] for number in draft.copies]
            built = jvp(
                function.entry,
                inputs,
                [
                    values[tangents[number]] if number in tangents else None
                    for number in draft.copies
                ],
                results=has_values,
                strong_zero=self.strong_zero,
            )
            return [*built.results, *built.tangents]

        wished = f"{function.entry}_{self.form}"
        made = write_function(
            module, wished, [type_of(each.kind) for each in draft.parameters], body
        )
        before = len(function.results) if has_values else 0
        value = (
            draft.primal({index: index for index in range(before)})
            if has_values
            else None
        )
        floats = [
            index for index, kind in enumerate(function.results) if is_float(kind)
        ]
        along: dict[int, int | None] = {}
        for number, output in enumerate(function.outputs):
            name = f"tangent of {output.name}"
            if output.place is Place.MEMORY and output.index in tangents:
                at = tangents[output.index]
                along[number] = draft.add_output(
                    name, output.kind, Place.MEMORY, at, output.shape
                )
            elif output.place is Place.RESULT and output.index in floats:
                at = before + floats.index(output.index)
                along[number] = draft.add_output(
                    name, output.kind, Place.RESULT, at, output.shape
                )
        tree = self._tangents(function, along)
        return draft.finish(made, Group((value, tree), "Jvp") if has_values else tree)

    @staticmethod
    def _moves(function: Signature, number: int) -> bool:
        """Whether memory that has no tangent at first may have one later."""
        is_output = function.output_at(Place.MEMORY, number) is not None
        return is_output or function.parameters[number].is_written

    @staticmethod
    def _tangents(function: Signature, along: dict[int, int | None]) -> Tree:
        """Grouped as the function's own outputs; where it writes to memory of the caller, those stand behind."""
        if len(leaves_of(function.tree)) == len(function.outputs):
            return renumbered(function.tree, along)
        return grouped(
            [along.get(number) for number in range(len(function.outputs))], alone=True
        )
