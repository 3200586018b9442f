"""Single directions of values that hold several of them, taken out and put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._runtime.expected import widened
from ..._runtime.host import ir
from .building import add_operation, index_constant
from .shapes import (
    DYNAMIC,
    element_at,
    insert_at,
    shape_of,
    size_at,
    view_at,
)

__all__ = ["Directions", "empty_for"]

_IR: Any = ir


class Directions:
    """How to get at single directions: by the operations of StableHLO, or by those on tensors."""

    def __init__(self, is_stablehlo: bool) -> None:
        self.is_stablehlo = is_stablehlo

    def take(self, value: Any, number: int, kind: Any) -> Any:
        """The direction with a number, of type `kind`; a view where it is memory."""
        if self.is_stablehlo and _is_static(kind):
            return _slice(value, number, kind)
        return self.take_at(value, index_constant(number), kind)

    def take_at(self, value: Any, index: Any, kind: Any) -> Any:
        """The direction at an index that is known when the program runs."""
        is_memory = isinstance(kind, _IR.MemRefType)
        return (view_at if is_memory else element_at)(value, [index], kind)

    def put(self, singles: Sequence[Any], kind: Any) -> Any:
        """All directions, each of type `kind`, as one value."""
        wide = widened(kind, [len(singles)])
        if not isinstance(kind, _IR.RankedTensorType):
            return add_operation("tensor.from_elements", singles, [wide]).results[0]
        if self.is_stablehlo and _is_static(kind):
            return _concatenate(singles, kind, wide)
        whole = empty_for(singles[0], kind, wide)
        for number, single in enumerate(singles):
            whole = insert_at(single, whole, [index_constant(number)])
        return whole


def empty_for(single: Any, kind: Any, wide: Any) -> Any:
    """A tensor of the type `wide` without values, for several like `single`."""
    sizes = [
        size_at(single, position)
        for position, size in enumerate(
            shape_of(kind) if isinstance(kind, _IR.RankedTensorType) else ()
        )
        if size == DYNAMIC
    ]
    return add_operation("tensor.empty", sizes, [wide]).results[0]


def _is_static(kind: Any) -> bool:
    return isinstance(kind, _IR.RankedTensorType) and bool(kind.has_static_shape)


def _slice(value: Any, number: int, kind: Any) -> Any:
    shape = shape_of(kind)
    numbers = _IR.DenseI64ArrayAttr.get
    one = add_operation(
        "stablehlo.slice",
        [value],
        [widened(kind, [1])],
        {
            "start_indices": numbers([number] + [0] * len(shape)),
            "limit_indices": numbers([number + 1, *shape]),
            "strides": numbers([1] * (len(shape) + 1)),
        },
    )
    return add_operation("stablehlo.reshape", [one.results[0]], [kind]).results[0]


def _concatenate(singles: Sequence[Any], kind: Any, wide: Any) -> Any:
    single = widened(kind, [1])
    parts = [
        add_operation("stablehlo.reshape", [each], [single]).results[0]
        for each in singles
    ]
    dimension = _IR.IntegerAttr.get(_IR.IntegerType.get_signless(64), 0)
    return add_operation(
        "stablehlo.concatenate", parts, [wide], {"dimension": dimension}
    ).results[0]
