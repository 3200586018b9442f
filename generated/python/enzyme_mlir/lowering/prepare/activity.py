"""Which values of a function take part in a derivative, and which reach what it gives back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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
YIELDS = frozenset({"affine.yield", "scf.yield"})
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

    def __init__(
        self, function: Any, active: Collection[int], also: Iterable[Any] = ()
    ) -> None:
        """Look at a function.

        Args:
            function: The function, of one block.
            active: The arguments that are differentiated: values, and memory with a shadow.
            also: Further values that take part.
        """
        self._active: set[Any] = set(also)
        block = body_of(function)
        self.constant_memory = {
            argument
            for position, argument in enumerate(block.arguments)
            if position not in active
        }
        whole = (_IR.IntegerType, _IR.IndexType)
        for position in active:
            if not isinstance(block.arguments[position].type, whole):
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
    """The values with derivatives on which the results of a function, or the memory of others, depend."""
    operations = list(walk(function))[::-1]
    search = _Useful(operations)
    before = -1
    while before != len(search.found):
        before = len(search.found)
        for operation in operations:
            search.visit(operation)
    return search.found


def live_values(function: Any) -> set[Any]:
    """The values that what a function gives, stores or decides can depend on, with derivatives or without.

    What is not among them may be anything: nobody sees it.
    """
    operations = list(walk(function))[::-1]
    found: set[Any] = set()
    before = -1
    while before != len(found):
        before = len(found)
        for operation in operations:
            _mark_live(operation, found)
    return found


def _mark_live(operation: Any, found: set[Any]) -> None:
    name = operation.name
    if name in LOOPS:
        block = body_of(operation)
        carried = list(block.arguments)[1:]
        given = list(operation.operands)
        first = len(given) - len(carried)
        found.update(given[:first])
        yielded = list(last_of(block).operands)
        for position, result in enumerate(operation.results):
            if result in found or carried[position] in found:
                found.update((yielded[position], given[first + position]))
    elif name in BRANCHES:
        found.update(operation.operands)
        for region in operation.regions:
            for block in region.blocks:
                given = last_of(block).operands
                found.update(
                    value
                    for result, value in zip(operation.results, given, strict=True)
                    if result in found
                )
    elif name in YIELDS and operation.parent.name in LOOPS | BRANCHES:
        pass  # these are looked at with what they belong to
    elif _always_acts(operation) or any(each in found for each in operation.results):
        found.update(operation.operands)


def _always_acts(operation: Any) -> bool:
    """Whether what an operation does may be seen, whatever becomes of its results."""
    has_regions, has_results = len(operation.regions) > 0, len(operation.results) > 0
    return has_regions or not has_results or operation.name == "func.call"


class _Useful:
    """A search for useful values, from the end of a function to its beginning, as often as it finds more."""

    def __init__(self, operations: list[Any]) -> None:
        self.found: set[Any] = set()
        """Useful values, and memory of the function's own that useful values are loaded from."""
        self._own = {
            operation.results[0]
            for operation in operations
            if operation.name in ALLOCATIONS and _is_only_loaded_and_stored(operation)
        }

    def visit(self, operation: Any) -> None:
        """Add what an operation makes useful."""
        name = operation.name
        if name in ("func.return", "func.call"):
            self._add(operation.operands)
        elif name in STORES:
            root = memory_of(operation.operands[1])
            if root not in self._own or root in self.found:
                self._add([operation.operands[0]])
        elif name in LOADS:
            if operation.results[0] in self.found:
                self.found.add(memory_of(operation.operands[0]))
        elif name in LOOPS:
            self._visit_loop(operation)
        elif name == "scf.while":
            self._add(operation.operands)
            for region in operation.regions:
                self._add(last_of(region.blocks[0]).operands)
        elif name in BRANCHES:
            for region in operation.regions:
                for block in region.blocks:
                    given = last_of(block).operands
                    self._add(
                        value
                        for result, value in zip(operation.results, given, strict=True)
                        if result in self.found
                    )
        elif any(result in self.found for result in operation.results):
            self._add(operation.operands)

    def _visit_loop(self, loop: Any) -> None:
        block = body_of(loop)
        carried = list(block.arguments)[1:]
        starts = list(loop.operands)[len(loop.operands) - len(carried) :]
        yielded = list(last_of(block).operands)
        for position, result in enumerate(loop.results):
            if result in self.found or carried[position] in self.found:
                self._add([yielded[position], starts[position], carried[position]])

    def _add(self, values: Iterable[Any]) -> None:
        self.found.update(value for value in values if carries(value.type))


def _is_only_loaded_and_stored(allocation: Any) -> bool:
    """Whether a function does nothing with memory that it has taken but to load and to store, also by views of it."""
    waiting = [allocation.results[0]]
    while waiting:
        memory = waiting.pop()
        for use in memory.uses:
            user = use.owner.operation
            if user.name in VIEWS:
                waiting.append(user.results[0])
            elif user.name not in LOADS and not (
                user.name in STORES and user.operands[0] != memory
            ):
                return False
    return True
