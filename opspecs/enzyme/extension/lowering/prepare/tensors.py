"""Functions on tensors as functions on memory.

Enzyme has no derivative for most operations on tensors (`linalg`, `tensor.insert`, loops that carry them), but for all
that they become in memory. Elementwise arithmetic, and StableHLO, it differentiates as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..._runtime.host import ir
from .building import add_operation, body_of, last_of, operation_of, walk

__all__ = [
    "Boundary",
    "become_memory",
    "carry_in_place",
    "memory_of_tensor",
    "memory_type",
    "needs_memory",
    "read_tensor",
    "write_tensor",
]

_IR: Any = ir
BOUND = frozenset({"affine", "bufferization", "linalg", "memref", "scf", "tensor"})
"""Dialects whose operations on tensors are not differentiated as they are."""


INSERTIONS = frozenset({"tensor.insert", "tensor.insert_slice"})
"""Operations whose result is their second operand but for what they insert."""


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


def carry_in_place(function: Any) -> None:
    """Let each tensor that a loop carries be written into the one that it carried before.

    Memory that a loop exchanges, or takes anew each time, is nothing that Enzyme follows. A tensor that is made from
    the one before by insertions is in its place already; of any other one a copy is.
    """
    for loop in list(walk(function)):
        if loop.name == "scf.for":
            block = body_of(loop)
            _write_back(last_of(block), 0, list(block.arguments)[1:])
        elif loop.name == "scf.while":
            before, after = body_of(loop, 0), body_of(loop, 1)
            if [each.type for each in before.arguments] == [
                each.type for each in after.arguments
            ]:
                _write_back(last_of(before), 1, list(before.arguments))
                _write_back(last_of(after), 0, list(after.arguments))


def _write_back(end: Any, first: int, places: list[Any]) -> None:
    """Let the tensors that a terminator gives, from an operand on, be in their places."""
    moved = [
        position
        for position, place in enumerate(places)
        if isinstance(place.type, _IR.RankedTensorType)
        and not _is_in_place(end.operands[first + position], place)
    ]
    with end.location, _IR.InsertionPoint(end):
        segments = {"operandSegmentSizes": _IR.DenseI32ArrayAttr.get([0, 1, 0])}
        copies = [
            add_operation(
                "bufferization.alloc_tensor",
                [end.operands[first + position]],
                [places[position].type],
                segments,
            ).results[0]
            for position in moved
        ]
        for position, copy in zip(moved, copies, strict=True):
            place = places[position]
            end.operands[first + position] = add_operation(
                "bufferization.materialize_in_destination", [copy, place], [place.type]
            ).results[0]


def _is_in_place(value: Any, place: Any) -> bool:
    """Whether a tensor is made from another one by insertions alone."""
    while value != place:
        operation = operation_of(value)
        if operation is None or operation.name not in INSERTIONS:
            return False
        value = operation.operands[1]
    return True


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
