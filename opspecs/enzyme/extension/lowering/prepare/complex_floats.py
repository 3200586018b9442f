"""Arithmetic on floats in the host's IR as short calls: what complex arithmetic is spelled with."""

from __future__ import annotations

from math import log
from typing import Any

from ..._runtime.host import ir
from .building import add_operation, float_constant

__all__ = ["Floats"]

_IR: Any = ir
_PREDICATES = {"oeq": 1, "ogt": 2, "oge": 3, "olt": 4, "une": 13}
_LIMITS = {
    "f32": (2.0**60, 2.0**-90, 2.0**-60, 2.0**90),
    "f64": (2.0**500, 2.0**-600, 2.0**-500, 2.0**600),
}
"""Beyond which size a number is made smaller before it is squared, by what; below which it is made larger, by what."""


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

        Both are constants as far as derivatives go: what is computed does not depend on them.
        """
        large, down, small, up = _LIMITS[str(self.kind)]
        size = self.call(
            "arith.maximumf", self.call("math.absf", re), self.call("math.absf", im)
        )
        is_large = self.compare("ogt", size, self.number(large))
        is_small = self.compare("olt", size, self.number(small))

        def choose(where_large: float, where_small: float, other: float) -> Any:
            smaller = self.select(
                is_small, self.number(where_small), self.number(other)
            )
            return self.select(is_large, self.number(where_large), smaller)

        return choose(down, up, 1.0), choose(log(down), log(up), 0.0)
