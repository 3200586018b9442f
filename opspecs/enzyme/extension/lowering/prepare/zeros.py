"""Values that Enzyme follows from end to end: what is stored, carried and yielded takes part in derivatives or not.

Enzyme does not clear the derivative of memory that it overwrites with a value without one. It counts wrongly, or ends,
where a loop or a branch has a result that takes part but is made from a value that does not, or where a value that a
loop carries is not used in it. In reverse mode it clears the derivative of each value that a region yields, also of one
from outside that has gathered some already. All this is mended by values that are equal, but the region's own:

- A value without derivative gets an active zero added. The zero is -0.0, which leaves every number as it is.
- What a loop yields becomes a choice, always made the same way, between the value and the one that was carried.
- What a branch yields from outside becomes a product with one, and so does the result of a branch that is returned,
  which Enzyme loses and ends over.

All of it is folded away behind Enzyme, but for the zero.
"""

from __future__ import annotations

from typing import Any

from ..._runtime.host import ir
from .activity import STORES, Activity
from .building import (
    add_operation,
    body_of,
    float_constant,
    is_float,
    last_of,
    operation_of,
    walk,
)

__all__ = ["add_zeros"]

_IR: Any = ir


def add_zeros(function: Any, activity: Activity) -> bool:
    """Let what is stored, carried and yielded take part wherever it meets what does.

    Args:
        function: The function.
        activity: What takes part already.

    Returns:
        Whether the function has got a last argument, the zero (f64), which is to be differentiated.
    """
    zeros = _Zeros(function, activity)
    for operation in list(walk(function)):
        if operation.name in STORES:
            if activity.holds(operation.operands[1]):
                zeros.join(operation, 0)
        elif operation.name == "scf.for":
            _join_loop(operation, zeros, activity)
        elif operation.name == "scf.if":
            _join_branches(operation, zeros, activity)
        elif operation.name == "func.return":
            _own_returns(operation)
        elif operation.name == "scf.while":
            for position, inside in enumerate(body_of(operation).arguments):
                if activity.has(inside):
                    zeros.join(operation, position)
    return zeros.argument is not None


def _join_loop(loop: Any, zeros: _Zeros, activity: Activity) -> None:
    block = body_of(loop)
    end = last_of(block)
    for position, carried in enumerate(list(block.arguments)[1:]):
        if not activity.has(carried):
            continue
        zeros.join(loop, 3 + position)
        given = end.operands[position]
        with end.location, _IR.InsertionPoint(end):
            truth = _IR.IntegerType.get_signless(1)
            always = add_operation(
                "arith.constant", (), [truth], {"value": _IR.BoolAttr.get(True)}
            ).results[0]
            chosen = add_operation(
                "arith.select", [always, given, carried], [given.type]
            )
        end.operands[position] = chosen.results[0]


def _join_branches(branch: Any, zeros: _Zeros, activity: Activity) -> None:
    for region in branch.regions:
        for block in region.blocks:
            end = last_of(block)
            seen: set[Any] = set()
            for position, result in enumerate(branch.results):
                if not activity.has(result):
                    continue
                value = end.operands[position]
                if not activity.has(value):
                    zeros.join(end, position)
                elif value in seen or not _is_inside(value, block):
                    _own(end, position)
                seen.add(value)


def _own_returns(end: Any) -> None:
    for position, value in enumerate(list(end.operands)):
        operation = operation_of(value)
        if operation is not None and len(operation.regions):
            _own(end, position)


def _own(end: Any, position: int) -> None:
    """Let a terminator give an equal value in place of one that is not the region's own."""
    value = end.operands[position]
    if not isinstance(value.type, _IR.FloatType):
        return
    with end.location, _IR.InsertionPoint(end):
        one = float_constant(value.type, 1.0)
        made = add_operation("arith.mulf", [value, one], [value.type])
    end.operands[position] = made.results[0]


def _is_inside(value: Any, block: Any) -> bool:
    operation = operation_of(value)
    return bool((value.owner if operation is None else operation.block) == block)


class _Zeros:
    """The zeros of a function, one for each type, made from its last argument."""

    def __init__(self, function: Any, activity: Activity) -> None:
        self._activity = activity
        self._block = body_of(function)
        self._made: dict[str, Any] = {}
        self._before: Any = self._block.operations[0].operation
        self.argument: Any = None

    def join(self, operation: Any, position: int) -> None:
        """Give an operation a value that takes part in place of one that does not."""
        value = operation.operands[position]
        if not is_float(value.type) or self._activity.has(value):
            return
        zero = self._zero(value.type)
        is_complex = isinstance(value.type, _IR.ComplexType)
        name = "complex.add" if is_complex else "arith.addf"
        with operation.location, _IR.InsertionPoint(operation):
            added = add_operation(name, [value, zero], [value.type])
        operation.operands[position] = added.results[0]

    def _zero(self, kind: Any) -> Any:
        if self.argument is None:
            here = _IR.Location.unknown()
            self.argument = self._block.add_argument(_IR.F64Type.get(), here)
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
