"""An active zero: values without derivative among those that are differentiated, made to take part.

Enzyme does not clear the derivative of memory that it overwrites with a value without one, and it counts the results of
loops wrongly where a carried value starts without one. A value plus a zero that is differentiated is the same value, and
Enzyme treats it like any other. The zero is -0.0, which leaves every number as it is, the sign of zero too.
"""

from __future__ import annotations

from typing import Any

from ..._runtime.host import ir
from .activity import STORES, Activity
from .building import add_operation, body_of, is_float, walk

__all__ = ["add_zeros"]

_IR: Any = ir


def add_zeros(function: Any, activity: Activity, *, is_needed: bool = False) -> bool:
    """Let stored values and start values of loops take part.

    Args:
        function: The function.
        activity: What takes part already.
        is_needed: Whether the function gets a zero even if it has no use for one.

    Returns:
        Whether the function has got a last argument, the zero (f64), which is to be differentiated.
    """
    zeros = _Zeros(function)
    if is_needed:
        zeros.add_argument()
    for operation in list(walk(function)):
        if operation.name in STORES:
            value, memory = operation.operands[0], operation.operands[1]
            if activity.holds(memory):
                zeros.replace(operation, 0, value, activity)
        elif operation.name == "scf.for":
            carried = list(body_of(operation).arguments)[1:]
            for position, inside in enumerate(carried, start=3):
                if activity.has(inside):
                    zeros.replace(
                        operation, position, operation.operands[position], activity
                    )
        elif operation.name == "scf.while":
            for position, inside in enumerate(body_of(operation).arguments):
                if activity.has(inside):
                    zeros.replace(
                        operation, position, operation.operands[position], activity
                    )
    return zeros.argument is not None


class _Zeros:
    """The zeros of a function, one for each type, made from its last argument."""

    def __init__(self, function: Any) -> None:
        self._block = body_of(function)
        self._made: dict[str, Any] = {}
        self._before: Any = self._block.operations[0].operation
        self.argument: Any = None

    def add_argument(self) -> None:
        """Give the function its last argument."""
        here = _IR.Location.unknown()
        self.argument = self._block.add_argument(_IR.F64Type.get(), here)

    def replace(
        self, operation: Any, position: int, value: Any, activity: Activity
    ) -> None:
        """Give an operation a value that takes part in place of one that does not."""
        if not is_float(value.type) or activity.has(value):
            return
        zero = self._zero(value.type)
        is_complex = isinstance(value.type, _IR.ComplexType)
        name = "complex.add" if is_complex else "arith.addf"
        with operation.location, _IR.InsertionPoint(operation):
            added = add_operation(name, [value, zero], [value.type])
        operation.operands[position] = added.results[0]

    def _zero(self, kind: Any) -> Any:
        if self.argument is None:
            self.add_argument()
        if isinstance(kind, _IR.F64Type):
            return self.argument
        if str(kind) not in self._made:
            with _IR.Location.unknown(), _IR.InsertionPoint(self._before):
                self._made[str(kind)] = self._convert(kind)
        return self._made[str(kind)]

    def _convert(self, kind: Any) -> Any:
        if isinstance(kind, _IR.ComplexType):
            part = self._zero(kind.element_type)
            return add_operation("complex.create", [part, part], [kind]).results[0]
        name = "arith.extf" if kind.width > 64 else "arith.truncf"
        return add_operation(name, [self.argument], [kind]).results[0]
