"""A batch as a loop: the function called for one element after the other, its results put together in tensors.

The loop carries the tensors of the results and changes them in place once they are memory. Arguments in memory are seen
through views of their elements.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from ..._runtime.host import ir
from .activity import memory_of
from .building import add_entry, add_function, add_operation, index_constant
from .elements import Element, element_of
from .shapes import (
    element_at,
    insert_at,
    is_dynamic,
    size_at,
    view_at,
)
from .unsupported import Unsupported

__all__ = ["repeat"]

_IR: Any = ir


def repeat(
    module: Any, function: Any, shape: Sequence[int], operation: Any, name: str
) -> None:
    """Add a function that does what a batch does, as a loop over its elements.

    Args:
        module: The module, which gets the function.
        function: What is done for each element.
        shape: The sizes of the batch.
        operation: The batch.
        name: What the new function is called.

    Raises:
        Unsupported: The size of a result cannot be known before the function has been called, or memory that has to be
            copied is given twice.
    """
    element = element_of(module, function, bool(shape))
    roots = [memory_of(operation.operands[each]) for each in sorted(element.copied)]
    if len({*roots}) < len(roots):
        raise Unsupported(
            f"the batch of @{element.name} is given the same memory twice, of whose elements it needs copies",
            operation,
        )
    kind = _IR.TypeAttr(function.attributes["function_type"]).value
    inputs = [value.type for value in operation.operands]
    outputs = [result.type for result in operation.results]
    made = _Batch(element, shape, list(kind.inputs), list(kind.results), outputs)
    if made.needs_sizes and (made.has_memory or 0 in shape):
        raise Unsupported(
            f"a result of @{element.name} has a size that is known only when it has been called; "
            "no batch is made of this where it works on memory, or where the batch is empty",
            operation,
        )
    with _IR.InsertionPoint(module.body):
        block = add_entry(add_function(name, inputs, outputs))
    with _IR.InsertionPoint(block):
        add_operation("func.return", made.write(list(block.arguments)))


class _Batch:
    """The body of a function that works on all elements."""

    def __init__(
        self,
        element: Element,
        shape: Sequence[int],
        inputs: Sequence[Any],
        results: Sequence[Any],
        outputs: Sequence[Any],
    ) -> None:
        self._element = element
        self._shape = shape
        self._inputs = inputs
        self._results = results
        self._outputs = outputs
        self.has_memory = any(
            isinstance(each, _IR.MemRefType) for each in (*inputs, *results)
        )
        """Whether the function is given memory, or gives some back."""
        self.needs_sizes = any(is_dynamic(each) for each in results)
        """Whether a result has a size that is not in its type."""

    def write(self, arguments: Sequence[Any]) -> list[Any]:
        """The results, at the current insertion point."""
        start = 0
        if self.needs_sizes:  # the first element tells the sizes
            zero = [index_constant(0)] * len(self._shape)
            values = self._call(arguments, zero)
            targets = [
                self._target(kind, value)
                for kind, value in zip(self._outputs, values, strict=True)
            ]
            gathered = self._gather(values, targets, zero)
            start = 1
        else:
            gathered = [self._target(kind, None) for kind in self._outputs]
        if not self._shape:
            return self._step(arguments, gathered, [])
        return self._loop(arguments, gathered, start)

    def _loop(
        self, arguments: Sequence[Any], start_values: Sequence[Any], start: int
    ) -> list[Any]:
        """All elements from one on; memory that results go to is not carried."""
        carried = [
            value
            for value in start_values
            if not isinstance(value.type, _IR.MemRefType)
        ]
        bounds = [index_constant(each) for each in (start, prod(self._shape), 1)]
        loop = add_operation(
            "scf.for",
            [*bounds, *carried],
            [value.type for value in carried],
            regions=1,
        )
        kinds = [_IR.IndexType.get(), *(value.type for value in carried)]
        here = _IR.Location.current
        block = _IR.Block.create_at_start(loop.regions[0], kinds, [here] * len(kinds))
        inside = iter(list(block.arguments)[1:])
        with _IR.InsertionPoint(block):
            targets = [
                value if isinstance(value.type, _IR.MemRefType) else next(inside)
                for value in start_values
            ]
            indices = self._indices(block.arguments[0])
            gathered = self._step(arguments, targets, indices)
            add_operation(
                "scf.yield",
                [
                    value
                    for value in gathered
                    if not isinstance(value.type, _IR.MemRefType)
                ],
            )
        outside = iter(loop.results)
        return [
            value if isinstance(value.type, _IR.MemRefType) else next(outside)
            for value in start_values
        ]

    def _indices(self, count: Any) -> list[Any]:
        """The place of an element that has a number, counted row by row."""
        indices: list[Any] = []
        kind = _IR.IndexType.get()
        for size in reversed(self._shape[1:]):
            divisor = index_constant(size)
            rest = add_operation("arith.remui", [count, divisor], [kind]).results[0]
            count = add_operation("arith.divui", [count, divisor], [kind]).results[0]
            indices.insert(0, rest)
        return [count, *indices]

    def _step(
        self, arguments: Sequence[Any], targets: Sequence[Any], indices: Sequence[Any]
    ) -> list[Any]:
        return self._gather(self._call(arguments, indices), targets, indices)

    def _call(self, arguments: Sequence[Any], indices: Sequence[Any]) -> list[Any]:
        """The function's results for one element."""
        singles = [
            (
                view_at(value, indices, kind)
                if isinstance(kind, _IR.MemRefType)
                else element_at(value, indices, kind)
            )
            for value, kind in zip(arguments, self._inputs, strict=True)
        ]
        return self._element.call(singles, self._results)

    def _gather(
        self, values: Sequence[Any], targets: Sequence[Any], indices: Sequence[Any]
    ) -> list[Any]:
        """Put the results for one element where they belong."""
        gathered: list[Any] = []
        for value, target in zip(values, targets, strict=True):
            if isinstance(value.type, _IR.MemRefType):
                view = view_at(target, indices, value.type)
                add_operation("memref.copy", [value, view])
                gathered.append(target)
            else:
                gathered.append(insert_at(value, target, indices))
        return gathered

    def _target(self, kind: Any, first: Any) -> Any:
        """What the results for all elements are put into."""
        leading = len(self._shape)
        sizes = [
            size_at(first, position - leading)
            for position in range(kind.rank)
            if kind.is_dynamic_dim(position)
        ]
        if isinstance(kind, _IR.MemRefType):
            segments = _IR.DenseI32ArrayAttr.get([len(sizes), 0])
            return add_operation(
                "memref.alloc", sizes, [kind], {"operandSegmentSizes": segments}
            ).results[0]
        return add_operation("tensor.empty", sizes, [kind]).results[0]
