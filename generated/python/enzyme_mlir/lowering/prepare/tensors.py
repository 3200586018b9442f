"""Functions on tensors as functions on memory.

Enzyme has no derivative for most operations on tensors (`linalg`, `tensor.insert`, loops that carry them), but for all
that they become in memory. Elementwise arithmetic, and StableHLO, it differentiates as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..._runtime.host import ir
from .building import add_operation, body_of, last_of, walk

__all__ = [
    "Boundary",
    "become_memory",
    "memory_of_tensor",
    "memory_type",
    "needs_memory",
    "read_tensor",
    "write_tensor",
]

_IR: Any = ir
BOUND = frozenset({"affine", "bufferization", "linalg", "memref", "scf", "tensor"})
"""Dialects whose operations on tensors are not differentiated as they are."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """Which parts of a function's signature have become memory."""

    arguments: tuple[int, ...] = ()
    """The arguments that were tensors."""
    results: tuple[int, ...] = ()
    """The results that were tensors; each is written to a further last argument."""


def needs_memory(function: Any) -> bool:
    """Whether a function has operations on tensors that are only differentiated on memory."""
    found = False
    for operation in walk(function):
        dialect = operation.name.partition(".")[0]
        if dialect in ("stablehlo", "chlo", "enzymexla"):
            return False
        if dialect in BOUND and any(
            isinstance(value.type, _IR.RankedTensorType)
            for value in (*operation.operands, *operation.results)
        ):
            found = True
    return found


def memory_type(tensor: Any) -> Any:
    """The type of the memory of a tensor."""
    return _IR.MemRefType.get(tensor.shape, tensor.element_type)


def read_tensor(memory: Any, kind: Any) -> Any:
    """The tensor in memory."""
    restrict = {"restrict": _IR.UnitAttr.get()}
    return add_operation("bufferization.to_tensor", [memory], [kind], restrict).results[
        0
    ]


def write_tensor(tensor: Any, memory: Any) -> None:
    """Write a tensor into memory."""
    unit = _IR.UnitAttr.get()
    add_operation(
        "bufferization.materialize_in_destination",
        [tensor, memory],
        (),
        {"restrict": unit, "writable": unit},
    )


def memory_of_tensor(tensor: Any) -> Any:
    """Memory with the elements of a tensor, which is not to be written to."""
    return add_operation(
        "bufferization.to_buffer",
        [tensor],
        [memory_type(tensor.type)],
        {"read_only": _IR.UnitAttr.get()},
    ).results[0]


def become_memory(function: Any) -> Boundary:
    """Let a function take and give memory in place of tensors; its body is still on tensors.

    Returns:
        What has become memory. Tensors that it gives are written to further last arguments, in their order.
    """
    block = body_of(function)
    arguments: list[int] = []
    for position, argument in enumerate(list(block.arguments)):
        kind = argument.type
        if not isinstance(kind, _IR.RankedTensorType):
            continue
        arguments.append(position)
        first = block.operations[0].operation
        argument.set_type(memory_type(kind))
        with function.location, _IR.InsertionPoint(first):
            tensor = read_tensor(argument, kind)
        argument.replace_all_uses_except(tensor, [tensor.owner.operation])
    end = last_of(block)
    kept: list[Any] = []
    results: list[int] = []
    for position, value in enumerate(list(end.operands)):
        if not isinstance(value.type, _IR.RankedTensorType):
            kept.append(value)
            continue
        results.append(position)
        given = block.add_argument(memory_type(value.type), function.location)
        with end.location, _IR.InsertionPoint(end):
            write_tensor(value, given)
    with end.location, _IR.InsertionPoint(end):
        add_operation("func.return", kept)
    end.erase()
    kind = _IR.FunctionType.get(
        [argument.type for argument in block.arguments],
        [value.type for value in kept],
    )
    function.attributes["function_type"] = _IR.TypeAttr.get(kind)
    for name in ("arg_attrs", "res_attrs"):
        if name in function.attributes:
            del function.attributes[name]
    return Boundary(tuple(arguments), tuple(results))
