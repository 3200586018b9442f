"""Tensors become memory.

MLIR's bufferization decides which tensors share a buffer. It takes the results of a loop, and those of a call, to be
buffers of their own each, and does not look whether the loop yields, or the function returns, one tensor twice. A later
write to the one result would then change the other. Here such tensors get a copy each before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._runtime.host import ir
from .kinds import Buffer, Kind
from .passes import BUFFERIZE, FREE, LIFT, LOWER_AFFINE, SETTLE, run_passes
from .walking import walk

__all__ = ["bufferize", "has_tensors"]

VIEWS = frozenset(
    {
        "bufferization.to_tensor",
        "tensor.cast",
        "tensor.collapse_shape",
        "tensor.expand_shape",
        "tensor.extract_slice",
        "tensor.reshape",
    }
)
"""Operations that give their first operand in another form."""

BRANCHES = frozenset({"scf.execute_region", "scf.if", "scf.index_switch"})
"""Operations that give what their regions yield."""

FRESH = frozenset({"arith", "complex", "linalg", "math", "tensor"})
"""Dialects whose other operations give tensors that are equal to no operand."""


def _is_tensor(value: Any) -> bool:
    return "tensor<" in str(value.type)


def has_tensors(operations: Sequence[Any]) -> bool:
    """Whether any value among operations is a tensor."""
    return any(
        _is_tensor(value)
        for operation in operations
        for value in (
            *operation.results,
            *(
                argument
                for region in operation.regions
                for block in region.blocks
                for argument in block.arguments
            ),
        )
    )


def _has_tensor_blocks(operations: Sequence[Any]) -> bool:
    """Whether branches hand tensors to blocks, of which bufferization knows little."""
    return any(
        operation.name.startswith("cf.") and any(map(_is_tensor, operation.operands))
        for operation in operations
    )


def bufferize(module: Any, function: Any, kinds: Sequence[Kind]) -> None:
    """Turn all tensors of a module into memory, in place.

    Args:
        module: The module.
        function: The function that is called from Python, whose tensors must not be written to.
        kinds: What it takes.

    Raises:
        JitError: An operation on tensors has no equal on memory.
    """
    _keep_arguments(module, function, kinds)
    lifting = f",{LIFT}" if _has_tensor_blocks(list(walk(module.operation))) else ""
    run_passes(module, LOWER_AFFINE + lifting, "making loops of branches")
    _make_poison(module)
    _separate_tensors(module)
    frees = any(each.name == "memref.dealloc" for each in walk(module.operation))
    freeing = () if frees else (FREE,)
    run_passes(module, ",".join((BUFFERIZE, *freeing, SETTLE)), "bufferization")


def _keep_arguments(module: Any, function: Any, kinds: Sequence[Kind]) -> None:
    """Tell bufferization that the caller's tensors must not be written to."""
    context = module.context
    given = (
        list(ir.ArrayAttr(function.attributes["arg_attrs"]))
        if "arg_attrs" in function.attributes
        else [ir.DictAttr.get({}, context) for _ in kinds]
    )
    attributes: list[Any] = []
    for old, kind in zip(given, kinds, strict=True):
        old_entries: Any = ir.DictAttr(old)
        entries = {named.name: named.attr for named in old_entries}
        if isinstance(kind, Buffer) and kind.is_tensor:
            entries["bufferization.writable"] = ir.BoolAttr.get(False, context)
        attributes.append(ir.DictAttr.get(entries, context))
    function.attributes["arg_attrs"] = ir.ArrayAttr.get(attributes, context)


def _make_poison(module: Any) -> None:
    """Loops that were branches start with tensors that hold nothing; of open sizes there are none."""
    create: Any = ir.Operation.create
    for operation in list(walk(module.operation)):
        if operation.name != "ub.poison" or not isinstance(
            operation.result.type, ir.RankedTensorType
        ):
            continue
        type_: Any = operation.result.type
        index = ir.IndexType.get()
        with ir.InsertionPoint(operation), operation.location:
            none = create(
                "arith.constant",
                results=[index],
                attributes={"value": ir.IntegerAttr.get(index, 0)},
            )
            sizes = [
                none.result for each in range(type_.rank) if type_.is_dynamic_dim(each)
            ]
            empty = create("tensor.empty", results=[type_], operands=sizes)
        operation.result.replace_all_uses_with(empty.result)
        operation.erase()


def _separate_tensors(module: Any) -> None:
    """Copy tensors that leave a loop or a function more than once."""
    for operation in list(walk(module.operation)):
        if operation.name == "scf.yield":
            if operation.parent.name not in ("scf.for", "scf.while"):
                continue
        elif operation.name not in ("scf.condition", "func.return"):
            continue
        tensors = [
            position
            for position, operand in enumerate(operation.operands)
            if _is_tensor(operand)
        ]
        if len(tensors) < 2:
            continue
        taken: set[Any] = set()
        for position in tensors:
            origins = _origins(operation.operands[position])
            if origins & taken:
                _copy_operand(operation, position)
            taken |= origins


def _copy_operand(operation: Any, position: int) -> None:
    create: Any = ir.Operation.create
    value = operation.operands[position]
    with ir.InsertionPoint(operation), operation.location:
        copied = create(
            "bufferization.alloc_tensor",
            results=[value.type],
            operands=[value],
            attributes={"operandSegmentSizes": ir.DenseI32ArrayAttr.get([0, 1, 0])},
        )
        operation.operands[position] = copied.result


def _origins(value: Any) -> set[Any]:
    """The values of which a tensor may be another name, itself among them where it may be none.

    Two tensors that are there at the same time share memory only if they are names of the same value, or of parts of
    it: bufferization sees to it that what is written goes elsewhere as long as the old value is needed.
    """
    found: set[Any] = set()
    seen: set[Any] = set()
    left = [value]
    while left:
        each = left.pop()
        if each not in seen:
            seen.add(each)
            others, own = _others(each)
            left += others
            if own is not None:
                found.add(own)
    return found


def _others(value: Any) -> tuple[list[Any], Any]:
    """Whose other name a tensor may be, and what stands for it where it may be none: None where it is always one."""
    owner = value.owner
    if isinstance(owner, ir.Block):
        return [], value
    operation = owner.operation
    name = operation.name
    if name in VIEWS:
        return [operation.operands[0]], None
    tensors = [each for each in operation.operands if _is_tensor(each)]
    if name == "arith.select":
        return tensors, None
    if name in BRANCHES:
        number = _position(operation, value)
        return [last.operands[number] for last in _terminators(operation)], None
    if name == "scf.for":
        first = len(operation.operands) - len(operation.results)
        return [operation.operands[first + _position(operation, value)]], value
    if name == "scf.while":
        handed = _terminators(operation)[0].operands[1 + _position(operation, value)]
        return [*tensors, handed], value
    if name.partition(".")[0] in FRESH:
        return [], value
    # A call, or what is not known: any of the tensors that go in, or one that is made inside, even for two results.
    return tensors, operation.results[0]


def _terminators(operation: Any) -> list[Any]:
    """What hands values out of an operation's regions, or to the next of them."""
    return [
        inner.operation
        for region in operation.regions
        for block in region.blocks
        for inner in block.operations
        if inner.operation.name in ("scf.condition", "scf.yield")
    ]


def _position(operation: Any, value: Any) -> int:
    return next(
        position for position, result in enumerate(operation.results) if result == value
    )
