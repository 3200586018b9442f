"""Arithmetic in the host's IR as short calls: what the derivatives of functions are spelled with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..._runtime.host import ir
from .building import add_operation, index_constant

__all__ = ["Point", "Scale", "Writer", "element_of", "like", "working_type"]

_IR: Any = ir

_PREDICATES = {"oeq": 1, "ogt": 2, "oge": 3, "olt": 4, "ole": 5, "uno": 14}
_COMPUTED_IN = {"f16": "f32", "bf16": "f32", "f32": "f32", "f64": "f64"}


@dataclass(frozen=True, slots=True)
class Scale:
    """Powers of two around the numbers of a type whose squares are numbers too."""

    large: float
    """Beyond it a number is made smaller before it is squared."""
    down: float
    """By this."""
    small: float
    """Below it a number is made larger before it is squared."""
    up: float
    """By this."""


_SCALES = {
    "f32": Scale(2.0**60, 2.0**-90, 2.0**-60, 2.0**90),
    "f64": Scale(2.0**500, 2.0**-600, 2.0**-500, 2.0**600),
}


def element_of(kind: Any) -> Any:
    """The type of the elements of a tensor; that of a number itself."""
    return kind.element_type if isinstance(kind, _IR.RankedTensorType) else kind


def like(kind: Any, element: Any) -> Any:
    """A type of the same shape with other elements."""
    if not isinstance(kind, _IR.RankedTensorType):
        return element
    return _IR.RankedTensorType.get(kind.shape, element, kind.encoding)


def working_type(kind: Any) -> Any | None:
    """The type in which derivatives of functions of a type are computed; None for types that are left alone."""
    name = _COMPUTED_IN.get(str(element_of(kind)))
    if name is None:
        return None
    return like(kind, _IR.F32Type.get() if name == "f32" else _IR.F64Type.get())


@dataclass(frozen=True, slots=True)
class Point:
    """Where a function is differentiated."""

    active: Sequence[Any]
    """The operands, which are differentiated."""
    moving: Sequence[bool]
    """For each operand whether it can have a derivative."""
    held: Sequence[Any]
    """The same values without derivative."""
    operands: Sequence[Any]
    """Those, floats in the working type."""
    results: Sequence[Any]
    """What the function gives there, without derivative, in the working type."""


class Writer:
    """Writes operations at the current insertion point, with the current location."""

    def __init__(self, kind: Any, example: Any, can_select: bool) -> None:
        """Write for a type.

        Args:
            kind: The working type.
            example: A value of the same shape, from which sizes that are not known are taken.
            can_select: Whether Enzyme differentiates `arith.select`.
        """
        self.kind = kind
        self.scale = _SCALES[str(element_of(kind))]
        self._example = example
        self._can_select = can_select

    def call(self, name: str, *operands: Any) -> Any:
        """A function whose result has the type of its first operand."""
        return add_operation(name, operands, [operands[0].type]).results[0]

    def add(self, one: Any, other: Any) -> Any:
        """A sum."""
        return self.call("arith.addf", one, other)

    def sub(self, one: Any, other: Any) -> Any:
        """A difference."""
        return self.call("arith.subf", one, other)

    def mul(self, one: Any, other: Any) -> Any:
        """A product."""
        return self.call("arith.mulf", one, other)

    def div(self, one: Any, other: Any) -> Any:
        """A quotient."""
        return self.call("arith.divf", one, other)

    def neg(self, one: Any) -> Any:
        """The negative."""
        return self.call("arith.negf", one)

    def number(self, value: float, kind: Any = None) -> Any:
        """A constant of the working type, or of another type of the same shape."""
        kind = self.kind if kind is None else kind
        element = element_of(kind)
        is_integer = isinstance(element, _IR.IntegerType)
        attribute = (
            _IR.IntegerAttr.get(element, int(value))
            if is_integer
            else _IR.FloatAttr.get(element, value)
        )
        if kind == element:
            return _constant(kind, attribute)
        if kind.has_static_shape:
            return _constant(kind, _IR.DenseElementsAttr.get_splat(kind, attribute))
        sizes = [
            add_operation(
                "tensor.dim",
                [self._example, index_constant(axis)],
                [_IR.IndexType.get()],
            ).results[0]
            for axis in range(kind.rank)
            if kind.is_dynamic_dim(axis)
        ]
        one = _constant(element, attribute)
        return add_operation("tensor.splat", [one, *sizes], [kind]).results[0]

    def compare(self, predicate: str, one: Any, other: Any) -> Any:
        """Whether two floats are in an order; false for what is no number, but for `uno`."""
        number = _IR.IntegerAttr.get(
            _IR.IntegerType.get_signless(64), _PREDICATES[predicate]
        )
        kind = like(one.type, _IR.IntegerType.get_signless(1))
        return add_operation(
            "arith.cmpf", [one, other], [kind], {"predicate": number}
        ).results[0]

    def is_integer(self, one: Any, value: int) -> Any:
        """Whether an integer is this one."""
        equal = _IR.IntegerAttr.get(_IR.IntegerType.get_signless(64), 0)
        kind = like(one.type, _IR.IntegerType.get_signless(1))
        return add_operation(
            "arith.cmpi",
            [one, self.number(value, one.type)],
            [kind],
            {"predicate": equal},
        ).results[0]

    def select(self, condition: Any, one: Any, other: Any) -> Any:
        """One of two values without derivative."""
        return add_operation(
            "arith.select", [condition, one, other], [one.type]
        ).results[0]

    def follow(self, condition: Any, one: Any, other: Any) -> Any:
        """A value with the derivative of one of two, whatever it is itself."""
        if self._can_select:
            return self.select(condition, one, other)
        unit, zero = self.number(1.0, one.type), self.number(0.0, one.type)
        return self.add(
            self.mul(self.select(condition, unit, zero), one),
            self.mul(self.select(condition, zero, unit), other),
        )

    def along(self, point: Point, slopes: Sequence[Callable[[], Any] | float]) -> Any:
        """A value that has for each operand this derivative.

        Args:
            point: The operands.
            slopes: For each operand what makes the derivative by it in the working type, or a number.
        """
        terms: list[Any] = []
        for operand, is_moving, slope in zip(
            point.active, point.moving, slopes, strict=True
        ):
            if not is_moving:
                continue
            if slope == 1.0:
                terms.append(operand)
            elif not callable(slope):  # 0 too: what is stored has to take part
                terms.append(self.mul(self.number(slope, operand.type), operand))
            else:
                terms.append(self.mul(self._narrow(slope(), operand.type), operand))
        total = terms[0]
        for term in terms[1:]:
            total = self.add(total, term)
        return total

    def widen(self, value: Any) -> Any:
        """A float in the working type; other values as they are."""
        if working_type(value.type) is None or value.type == self.kind:
            return value
        return add_operation("arith.extf", [value], [self.kind]).results[0]

    def _narrow(self, value: Any, kind: Any) -> Any:
        if value.type == kind:
            return value
        return add_operation("arith.truncf", [value], [kind]).results[0]


def _constant(kind: Any, attribute: Any) -> Any:
    return add_operation("arith.constant", (), [kind], {"value": attribute}).results[0]
