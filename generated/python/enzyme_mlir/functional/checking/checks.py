"""Derivatives of a function in both modes beside finite differences of it, element by element."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..._given import Mode
from ..._runtime.complaints import Complaint, complaining
from ...jit import Buffer, Kind
from ..derived import Source
from ..drafting import Step
from ..programs import Program, program_of
from ..signature import Origin, Signature, is_float
from ..steps import Forward, Reverse
from .differences import Slope, Slopes, slopes_at
from .reports import GradientReport, Row, Verdict

__all__ = ["check"]

PRECISIONS = {"f64": 2.0**-52, "f32": 2.0**-23, "f16": 2.0**-10, "bf16": 2.0**-7}
"""The distance of 1 to the next number, by type."""

TOLERANCES = {"f64": 1e-6, "f32": 1e-3, "f16": 0.05, "bf16": 0.2}
"""The relative error that a derivative may have, by type; that of the differences is known besides."""

VAGUE = 0.01
"""A difference whose error is a larger part of it than this does not say what the slope is."""

SMALL = 0.01
"""Derivatives below this part of the largest one are judged as if they were that large."""


@dataclass(frozen=True, slots=True)
class _Element:
    """One element of one argument."""

    position: int
    """Which of the arguments that are differentiated by."""
    input: int
    """Its number among all inputs."""
    flat: int
    """The element, counted row by row."""
    index: tuple[int, ...]
    """The element, by axes."""


class _Check:
    """A function, a point, and weights for its outputs: then it is a function of each element."""

    def __init__(
        self,
        source: Source,
        wrt: tuple[int, ...],
        values: Sequence[Any],
        rng: np.random.Generator,
    ) -> None:
        self._source = source
        self._wrt = wrt
        self._program = program_of(source.recipe)
        self.function: Signature = self._program.signature
        self._values = [
            value.copy() if isinstance(value, np.ndarray) else value for value in values
        ]
        self._values = [
            _as_array(one.kind, value)
            for one, value in zip(self.function.inputs, self._values, strict=True)
        ]
        self._outputs = [
            number
            for number, output in enumerate(self.function.outputs)
            if is_float(output.kind)
        ]
        first = self._call(self._program, self._values)
        shapes = [np.shape(first[number]) for number in self._outputs]
        is_one = len(shapes) == 1 and shapes[0] == ()
        self.weights = [
            (
                1.0
                if is_one
                else _rounded(
                    self.function.outputs[number].kind, rng.standard_normal(shape)
                )
            )
            for number, shape in zip(self._outputs, shapes, strict=True)
        ]
        self.value = self._weighted(first)
        kinds = [self.function.outputs[number].kind for number in self._outputs]
        kinds += [self.function.inputs[number].kind for number in wrt]
        self.precision = max(PRECISIONS[_element(kind)] for kind in kinds)
        self.tolerance = max(TOLERANCES[_element(kind)] for kind in kinds)

    def elements(self) -> list[list[_Element]]:
        """The elements of each argument."""
        found: list[list[_Element]] = []
        for position, number in enumerate(self._wrt):
            shape = np.shape(self._values[number])
            found.append(
                [
                    _Element(position, number, flat, tuple(map(int, index)))
                    for flat, index in enumerate(np.ndindex(*shape))
                ]
            )
        return found

    def slopes(self, element: _Element) -> Slopes:
        """The slopes of the function along one element."""
        number = element.input
        whole = self._values[number]
        dtype = _dtype(self.function.inputs[number].kind)
        at = float(np.asarray(whole).flat[element.flat])
        usual = float(np.sqrt(np.mean(np.square(np.asarray(whole, np.float64)))))
        scales = [max(abs(at), usual) or 1.0, abs(at) or usual or 1.0]

        def function(given: float) -> tuple[float, float]:
            rounded = dtype.type(given)
            values = list(self._values)
            if isinstance(whole, np.ndarray):
                moved = whole.copy()
                moved.flat[element.flat] = rounded
                values[number] = moved
            else:
                values[number] = float(rounded)
            return float(rounded), self._weighted(self._call(self._program, values))

        return slopes_at(function, at, scales, self.precision)

    def reverse(self, elements: Sequence[_Element], strong_zero: bool) -> list[float]:
        """The derivatives by elements in reverse mode."""
        step = Reverse("vjp", self._wrt, False, strong_zero)
        program = self._derivative(step)
        places = step.seeds(self.function)
        first = len(self.function.inputs)
        seeds: list[Any] = [None] * len(places)
        for number, weight in zip(self._outputs, self.weights, strict=True):
            seeds[places[number] - first] = weight
        found = self._call(program, [*self._values, *seeds])[-len(self._wrt) :]
        return [
            float(np.asarray(found[each.position]).flat[each.flat]) for each in elements
        ]

    def forward(self, elements: Sequence[_Element], strong_zero: bool) -> list[float]:
        """The derivatives by elements in forward mode, a call for each."""
        program = self._derivative(Forward("jvp", self._wrt, strong_zero))
        zeros = [
            _as_array(self.function.inputs[n].kind, _zero_like(self._values[n]))
            for n in self._wrt
        ]
        found: list[float] = []
        for each in elements:
            tangents = list(zeros)
            if isinstance(zeros[each.position], np.ndarray):
                tangents[each.position] = zeros[each.position].copy()
                tangents[each.position].flat[each.flat] = 1
            else:
                tangents[each.position] = 1.0
            outputs = self._call(program, [*self._values, *tangents])
            along = outputs[-len(self._outputs) :]
            found.append(_dot(self.weights, along))
        return found

    def _derivative(self, step: Step) -> Program:
        recipe = self._source.recipe
        return program_of(replace(recipe, steps=(*recipe.steps, step)))

    def _call(self, program: Program, values: Sequence[Any]) -> list[Any]:
        """All outputs, computed on copies."""
        copies = list(values)
        for parameter in program.signature.parameters:
            if parameter.is_written and parameter.origin is Origin.GIVEN:
                value = copies[parameter.of]
                copies[parameter.of] = (
                    value.copy() if isinstance(value, np.ndarray) else value
                )
        return program.caller().outputs(
            copies, f"check_gradient of {self._source.title}"
        )

    def _weighted(self, outputs: Sequence[Any]) -> float:
        return _dot(self.weights, [outputs[number] for number in self._outputs])


def _element(kind: Kind) -> str:
    return kind.element.text if isinstance(kind, Buffer) else kind.text


def _dtype(kind: Kind) -> np.dtype[Any]:
    return kind.element.dtype if isinstance(kind, Buffer) else kind.dtype


def _as_array(kind: Kind, value: Any) -> Any:
    """A value whose elements can be changed, where it has some; what does not fit is left to the call."""
    if (
        isinstance(kind, Buffer)
        and not isinstance(value, np.ndarray)
        and is_float(kind)
    ):
        return np.array(value, kind.element.dtype)
    return value


def _zero_like(value: Any) -> Any:
    return np.zeros_like(value) if isinstance(value, np.ndarray) else 0.0


def _rounded(kind: Kind, weights: Any) -> Any:
    """Weights as seeds of an output."""
    return (
        weights.astype(_dtype(kind))
        if isinstance(kind, Buffer)
        else float(_dtype(kind).type(weights))
    )


def _dot(weights: Sequence[Any], values: Sequence[Any]) -> float:
    """The sum of products, with more digits than the values have."""
    total = np.longdouble(0)
    for weight, value in zip(weights, values, strict=True):
        total += np.sum(
            np.asarray(weight, np.longdouble) * np.asarray(value, np.longdouble)
        )
    return float(total)


def check(
    source: Source,
    wrt: tuple[int, ...],
    values: Sequence[Any],
    *,
    modes: Sequence[Mode],
    rtol: float | None,
    limit: int,
    seed: int,
    strong_zero: bool,
) -> GradientReport:
    """Hold the derivatives of a function against finite differences.

    Args:
        source: The function.
        wrt: The inputs to differentiate by.
        values: A value for each input.
        modes: `forward`, `reverse`, or both.
        rtol: The relative error that a derivative may have; by default what the types allow.
        limit: How many elements of an argument are looked at, at most.
        seed: What chooses them, and the weights of outputs.
        strong_zero: As for `grad`.
    """
    rng = np.random.default_rng(seed)
    found = _Check(source, wrt, values, rng)
    if not math.isfinite(found.value):
        raise complaining(
            ValueError,
            f"check_gradient of {source.title}",
            Complaint(
                "the function", f"{found.value} at this point", "one where it is finite"
            ),
        )
    chosen: list[_Element] = []
    notes: list[str] = []
    for elements in found.elements():
        if len(elements) > limit:
            name = found.function.inputs[elements[0].input].name
            notes.append(
                f"{name}: {limit} of {len(elements)} elements, chosen with seed {seed}"
            )
            picked = sorted(rng.choice(len(elements), limit, replace=False))
            elements = [elements[at] for at in picked]
        chosen += elements
    if len(found.weights) != 1 or np.ndim(found.weights[0]):
        notes.append(f"outputs are weighted with random numbers, seed {seed}")
    derivatives: dict[str, list[float]] = {
        mode: (found.forward if mode == "forward" else found.reverse)(
            chosen, strong_zero
        )
        for mode in modes
    }
    slopes = [found.slopes(element) for element in chosen]
    tolerance = found.tolerance if rtol is None else rtol
    judge = _Judge(tolerance, _largest(slopes, derivatives, found.value))
    rows = tuple(_rows(found.function, chosen, slopes, derivatives, judge))
    return GradientReport(source.title, rows, tolerance, tuple(notes))


def _largest(
    slopes: Sequence[Slopes], derivatives: dict[str, list[float]], value: float
) -> float:
    """The size of the largest derivative."""
    sizes = [abs(each) for found in derivatives.values() for each in found]
    sizes += [abs(each.both.value) for each in slopes if each.both.is_known]
    return (
        max((size for size in sizes if math.isfinite(size)), default=0.0)
        or abs(value)
        or 1.0
    )


def _rows(
    function: Signature,
    elements: Sequence[_Element],
    slopes: Sequence[Slopes],
    derivatives: dict[str, list[float]],
    judge: _Judge,
) -> Iterator[Row]:
    for at, (element, found) in enumerate(zip(elements, slopes, strict=True)):
        for mode, values in derivatives.items():
            name = function.inputs[element.input].name
            yield judge.row(name, element.index, mode, values[at], found)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Says what is to be said of a derivative."""

    rtol: float
    largest: float

    def _size(self, *values: float) -> float:
        return max(*map(abs, values), SMALL * self.largest)

    def _is_clear(self, slope: Slope) -> bool:
        """Whether differences settle down to a slope."""
        part = max(VAGUE, self.rtol)
        return slope.is_known and slope.error <= part * self._size(slope.value)

    def row(
        self,
        argument: str,
        element: tuple[int, ...],
        mode: str,
        derivative: float,
        slopes: Slopes,
    ) -> Row:
        """The row of a derivative."""
        right, left, both = slopes.right, slopes.left, slopes.both
        sides = [slope for slope in (left, right) if self._is_clear(slope)]
        differ = abs(right.value - left.value)
        apart = self.rtol * self._size(right.value, left.value) + 4 * (
            right.error + left.error
        )
        if len(sides) == 2 and differ > apart:
            low, high = sorted((left.value, right.value))
            doubt, accepted = max(left.error, right.error), Verdict.KINK
        elif len(sides) == 1 and not self._is_clear(both):
            low = high = sides[0].value
            doubt, accepted = sides[0].error, Verdict.EDGE
        elif self._is_clear(both):
            low = high = both.value
            doubt, accepted = both.error, Verdict.RIGHT
        else:
            best = min((both, right, left), key=lambda slope: slope.error)
            low = high = best.value
            doubt, accepted = best.error, Verdict.UNSURE
        row = Row(
            argument=argument,
            element=element,
            mode=mode,
            derivative=derivative,
            difference=(low, high),
            doubt=doubt,
            verdict=accepted,
        )
        if accepted is Verdict.UNSURE:
            return row
        allowed = self.rtol * self._size(derivative, low, high) + 4 * doubt
        is_off = not row.error <= allowed  # what is not a number is off
        return replace(row, verdict=Verdict.WRONG) if is_off else row
