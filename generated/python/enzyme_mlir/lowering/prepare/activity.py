"""Which values of a function take part in a derivative, and which reach what it gives back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ..._runtime.host import ir
from .building import body_of, is_float, last_of, operation_of, walk

__all__ = ["Activity", "memory_of", "useful_values"]

_IR: Any = ir

VIEWS = frozenset(
    {
        "memref.cast",
        "memref.collapse_shape",
        "memref.expand_shape",
        "memref.memory_space_cast",
        "memref.reinterpret_cast",
        "memref.subview",
        "memref.transpose",
        "memref.view",
    }
)
"""Operations whose result is the memory of their first operand."""

LOOPS = frozenset({"affine.for", "scf.for"})
BRANCHES = frozenset({"affine.if", "scf.if"})
IGNORE = "enzyme.ignore_derivatives"
ALLOCATIONS = frozenset({"memref.alloc", "memref.alloca"})
LOADS = frozenset({"memref.load", "affine.load"})
STORES = frozenset({"memref.store", "affine.store"})


def memory_of(value: Any) -> Any:
    """The memory that a memref is a view of: what was allocated, an argument, or whatever cannot be looked through."""
    while True:
        operation = operation_of(value)
        if operation is None or operation.name not in VIEWS:
            return value
        value = operation.operands[0]


class Activity:
    """The values of a function that certainly depend on what is differentiated."""

    def __init__(self, function: Any, active: Collection[int]) -> None:
        """Look at a function.

        Args:
            function: The function, of one block.
            active: The arguments that are differentiated: values, and memory with a shadow.
        """
        self._active: set[Any] = set()
        block = body_of(function)
        self.constant_memory = {
            argument
            for position, argument in enumerate(block.arguments)
            if position not in active
        }
        for position in active:
            self._active.add(block.arguments[position])
        operations = list(walk(function))
        before = -1
        while before != len(self._active):
            before = len(self._active)
            for operation in operations:
                self._visit(operation)

    def has(self, value: Any) -> bool:
        """Whether a value takes part."""
        return value in self._active

    def holds(self, memory: Any) -> bool:
        """Whether values that take part can be in memory: it has a shadow, or the function has allocated it."""
        root = memory_of(memory)
        if root in self._active:
            return True
        operation = operation_of(root)
        if operation is not None and operation.name == "memref.get_global":
            return False
        return root not in self.constant_memory

    def _visit(self, operation: Any) -> None:
        name = operation.name
        if name in LOADS:
            (result,) = operation.results
            if is_float(result.type) and self.holds(operation.operands[0]):
                self._active.add(result)
        elif name in LOOPS:
            given = list(operation.operands)
            self._visit_loop(operation, given[len(given) - len(operation.results) :])
        elif name == "scf.while":
            self._visit_while(operation)
        elif name == IGNORE:
            pass
        elif name in BRANCHES:
            for region in operation.regions:
                for block in region.blocks:
                    self._join(operation.results, last_of(block).operands)
        elif not operation.regions and any(
            operand in self._active and not isinstance(operand.type, _IR.MemRefType)
            for operand in operation.operands
        ):
            self._active.update(
                result for result in operation.results if carries(result.type)
            )

    def _visit_loop(self, loop: Any, starts: Any) -> None:
        block = body_of(loop)
        carried = list(block.arguments)[1:]
        self._join(carried, starts)
        self._join(carried, last_of(block).operands)
        self._join(loop.results, carried)

    def _visit_while(self, loop: Any) -> None:
        before, after = body_of(loop, 0), body_of(loop, 1)
        self._join(before.arguments, loop.operands)
        passed = list(last_of(before).operands)[1:]
        self._join(after.arguments, passed)
        self._join(loop.results, passed)
        self._join(before.arguments, last_of(after).operands)

    def _join(self, targets: Any, sources: Any) -> None:
        for target, source in zip(targets, sources, strict=True):
            if source in self._active:
                self._active.add(target)


def carries(kind: Any) -> bool:
    """Whether values of a type carry a derivative: floats, complex numbers, and tensors and vectors of them."""
    if isinstance(kind, (_IR.RankedTensorType, _IR.VectorType)):
        return is_float(kind.element_type)
    return is_float(kind)


def useful_values(function: Any) -> set[Any]:
    """The values on which the results of a function, or what it stores, depend."""
    useful: set[Any] = set()
    operations = list(walk(function))[::-1]
    before = -1
    while before != len(useful):
        before = len(useful)
        for operation in operations:
            _mark(operation, useful)
    return useful


def _mark(operation: Any, useful: set[Any]) -> None:
    name = operation.name
    if name in ("func.return", "func.call") or name in STORES:
        useful.update(operation.operands)
    elif name in LOOPS:
        block = body_of(operation)
        yielded = list(last_of(block).operands)
        carried = list(block.arguments)[1:]
        starts = list(operation.operands)[len(operation.operands) - len(carried) :]
        for position, result in enumerate(operation.results):
            if result in useful or carried[position] in useful:
                useful.add(yielded[position])
                useful.add(starts[position])
                useful.add(carried[position])
    elif name == "scf.while":
        useful.update(operation.operands)
        for region in operation.regions:
            useful.update(last_of(region.blocks[0]).operands)
    elif name in BRANCHES:
        for region in operation.regions:
            for block in region.blocks:
                for result, given in zip(
                    operation.results, last_of(block).operands, strict=True
                ):
                    if result in useful:
                        useful.add(given)
    elif any(result in useful for result in operation.results):
        useful.update(operation.operands)
