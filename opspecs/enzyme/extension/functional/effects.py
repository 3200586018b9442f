"""Which arguments of a function are memory that it may write to.

What is not known to read only is taken to write.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .._runtime.host import ir
from ..lowering.prepare.building import body_of
from ..lowering.prepare.derivatives import symbol_in

__all__ = ["written_arguments"]

_IR: Any = ir

READS = frozenset(
    (
        "affine.load affine.vector_load affine.prefetch memref.dim memref.load memref.prefetch memref.rank "
        "memref.assume_alignment memref.extract_aligned_pointer_as_index vector.load vector.transfer_read "
        "vector.gather vector.maskedload"
    ).split()
)
"""Operations that do not write to memory, whichever operand it is."""

VIEWS = frozenset(
    (
        "memref.cast memref.collapse_shape memref.expand_shape memref.memory_space_cast memref.reinterpret_cast "
        "memref.reshape memref.subview memref.transpose memref.view memref.assume_alignment"
    ).split()
)
"""Operations whose results are the memory of their first operand."""


def written_arguments(functions: dict[str, Any], name: str) -> tuple[bool, ...]:
    """For each argument of a function whether it is memory that the function may write to.

    Args:
        functions: The functions of the module, by name.
        name: The function.
    """
    return _Effects(functions).of_function(name)


class _Effects:
    """Looks at functions until nothing new is found: they may call each other in circles."""

    def __init__(self, functions: dict[str, Any]) -> None:
        self._functions = functions
        self._known: dict[tuple[str, int], bool] = {}
        self._found: dict[tuple[str, int], bool] = {}

    def of_function(self, name: str) -> tuple[bool, ...]:
        kind: Any = _IR.TypeAttr(
            self._functions[name].attributes["function_type"]
        ).value
        while True:
            self._known, self._found = self._found, {}
            writes = tuple(
                _is_memory(given) and self._writes(name, position)
                for position, given in enumerate(kind.inputs)
            )
            if self._found == self._known:
                return writes

    def _writes(self, name: str, position: int) -> bool:
        """Whether a function may write to the memory of an argument."""
        function = self._functions.get(name)
        if function is None or not list(function.regions[0].blocks):
            return True
        key = (name, position)
        if key not in self._found:
            self._found[key] = self._known.get(key, False)  # of a call in a circle
            value = body_of(function).arguments[position]
            self._found[key] = self._is_written(value)
        return self._found[key]

    def _is_written(self, value: Any) -> bool:
        return any(
            self._use_writes(use.owner.operation, use.operand_number)
            for use in value.uses
        )

    def _use_writes(self, operation: Any, position: int) -> bool:
        name = operation.name
        if name in VIEWS and position == 0:
            return any(self._is_written(result) for result in operation.results)
        if name in READS:
            return False
        if name == "memref.copy":
            return position == 1
        if name == "bufferization.to_tensor":
            return "writable" in operation.attributes
        if name.startswith("linalg."):
            return position >= _first_output(operation)
        if name == "func.call":
            return self._writes(symbol_in(operation.attributes["callee"]), position)
        if name in ("enzyme.autodiff", "enzyme.fwddiff"):
            return self._derivative_writes(operation, position)
        return True

    def _derivative_writes(self, operation: Any, position: int) -> bool:
        """A derivative writes to the arguments that its function writes to, and to all shadows."""
        for argument, at in enumerate(_places_of_arguments(operation)):
            if at == position:
                return self._writes(symbol_in(operation.attributes["fn"]), argument)
        return True


def _places_of_arguments(operation: Any) -> Iterator[int]:
    """Where the arguments of the function stand among the operands of a derivative of it."""
    at = 0
    for activity in _IR.ArrayAttr(operation.attributes["activity"]):
        yield at
        at += 2 if "dup" in str(activity) else 1


def _first_output(operation: Any) -> int:
    """The number of operands of a structured operation that it only reads."""
    if "operandSegmentSizes" not in operation.attributes:
        return 0
    sizes = list(_IR.DenseI32ArrayAttr(operation.attributes["operandSegmentSizes"]))
    return int(sizes[0])


def _is_memory(given: Any) -> bool:
    return isinstance(given, _IR.MemRefType | _IR.UnrankedMemRefType)
