"""Arithmetic on floats in the host's IR as short calls: what complex arithmetic is spelled with."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Any

from ..._runtime.host import ir
from .building import add_operation, float_constant
from .still import CONSTANT

__all__ = ["Floats"]

_IR: Any = ir
IGNORE = "enzyme.ignore_derivatives"
_PREDICATES = {"oeq": 1, "oge": 3, "ole": 5, "une": 13}


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the bits of a float are arranged."""

    width: int
    """All bits."""
    fraction: int
    """Those below the exponent."""
    bias: int
    """The exponent's bits of 1."""
    limit: float
    """Beyond this, or below one over it, a number is made one near 1 before it is squared."""


_LAYOUTS = {
    "f32": _Layout(32, 23, 127, 2.0**20),
    "f64": _Layout(64, 52, 1023, 2.0**100),
}


class Floats:
    """Writes operations on floats of one type at the current insertion point, with the current location."""

    def __init__(self, kind: Any, fastmath: Any = None) -> None:
        """Write for a type.

        Args:
            kind: The type of the floats.
            fastmath: The attribute of that name which operations get, if any.
        """
        self.kind = kind
        self._attributes = {} if fastmath is None else {"fastmath": fastmath}

    def call(self, name: str, *operands: Any) -> Any:
        """An operation of `arith` or `math` that gives a float."""
        return add_operation(name, operands, [self.kind], self._attributes).results[0]

    def number(self, value: float) -> Any:
        """A constant."""
        return float_constant(self.kind, value)

    def add(self, left: Any, right: Any) -> Any:
        """A sum."""
        return self.call("arith.addf", left, right)

    def sub(self, left: Any, right: Any) -> Any:
        """A difference."""
        return self.call("arith.subf", left, right)

    def mul(self, left: Any, right: Any) -> Any:
        """A product."""
        return self.call("arith.mulf", left, right)

    def div(self, left: Any, right: Any) -> Any:
        """A quotient."""
        return self.call("arith.divf", left, right)

    def neg(self, value: Any) -> Any:
        """The negative number."""
        return self.call("arith.negf", value)

    def half(self, value: Any) -> Any:
        """The half."""
        return self.mul(value, self.number(0.5))

    def compare(self, predicate: str, left: Any, right: Any) -> Any:
        """A comparison, `olt` and so on."""
        number = _IR.IntegerType.get_signless(64)
        attributes = {
            **self._attributes,
            "predicate": _IR.IntegerAttr.get(number, _PREDICATES[predicate]),
        }
        kind = _IR.IntegerType.get_signless(1)
        return add_operation("arith.cmpf", [left, right], [kind], attributes).results[0]

    def select(self, condition: Any, yes: Any, no: Any) -> Any:
        """One of two floats."""
        return add_operation("arith.select", [condition, yes, no], [self.kind]).results[
            0
        ]

    def sign(self, value: Any) -> Any:
        """1 or -1, with the sign of a number, that of zero too; its derivative is 0."""
        return self.call("math.copysign", self.number(1.0), value)

    def not_zero(self, value: Any) -> Any:
        """The number, and 1 in the place of 0: what may be divided by where the quotient is not used."""
        is_zero = self.compare("oeq", value, self.number(0.0))
        return self.select(is_zero, self.number(1.0), value)

    def scale(self, re: Any, im: Any) -> tuple[Any, Any]:
        """A power of two by which numbers may be multiplied before they are squared, and its logarithm.

        Both are constants as far as derivatives go: what is computed does not depend on them. Most numbers are left as
        they are.
        """
        layout = _LAYOUTS[str(self.kind)]
        bits = _Bits(layout)
        sizes = [self.call("math.absf", self._held(each)) for each in (re, im)]
        size = self.call("arith.maximumf", *sizes)
        mark = {CONSTANT: _IR.UnitAttr.get()}
        seen = add_operation("arith.bitcast", [size], [bits.kind], mark).results[0]
        exponent = bits.call("arith.andi", seen, bits.place(2 * layout.bias + 1))
        opposite = bits.call("arith.subi", bits.place(2 * layout.bias), exponent)
        opposite = bits.call("arith.maxsi", opposite, bits.place(1))
        is_usual = add_operation(
            "arith.andi",
            [
                self.compare("ole", size, self.number(layout.limit)),
                self.compare("oge", size, self.number(1 / layout.limit)),
            ],
            [_IR.IntegerType.get_signless(1)],
        ).results[0]
        power = bits.call("arith.select", is_usual, bits.place(layout.bias), opposite)
        factor = add_operation("arith.bitcast", [power], [self.kind]).results[0]
        count = bits.call("arith.shrui", power, bits.number(layout.fraction))
        count = bits.call("arith.subi", count, bits.number(layout.bias))
        count = add_operation("arith.sitofp", [count], [self.kind]).results[0]
        return factor, self.mul(count, self.number(log(2.0)))

    def _held(self, value: Any) -> Any:
        """The same value without derivative."""
        return add_operation(IGNORE, [value], [self.kind]).results[0]


class _Bits:
    """Writes operations on the bits of floats."""

    def __init__(self, layout: _Layout) -> None:
        self._layout = layout
        self.kind = _IR.IntegerType.get_signless(layout.width)

    def call(self, name: str, *operands: Any) -> Any:
        """An operation that gives an integer."""
        return add_operation(name, operands, [self.kind]).results[0]

    def number(self, value: int) -> Any:
        """A constant."""
        attribute = {"value": _IR.IntegerAttr.get(self.kind, value)}
        return add_operation("arith.constant", (), [self.kind], attribute).results[0]

    def place(self, value: int) -> Any:
        """A constant where the exponent is."""
        return self.number(value << self._layout.fraction)
