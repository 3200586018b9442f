"""Small steps on the host's IR: operations by name, constants, walks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..._runtime.host import ir

__all__ = [
    "add_entry",
    "add_function",
    "add_operation",
    "body_of",
    "float_constant",
    "functions_in",
    "index_constant",
    "index_value",
    "is_float",
    "last_of",
    "move_operations",
    "operation_of",
    "symbol_of",
    "walk",
]

_IR: Any = ir


def add_operation(
    name: str,
    operands: Sequence[Any] = (),
    results: Sequence[Any] = (),
    attributes: Mapping[str, Any] | None = None,
    regions: int = 0,
) -> Any:
    """A new operation at the current insertion point, with the current location."""
    return _IR.Operation.create(
        name,
        results=list(results),
        operands=list(operands),
        attributes=dict(attributes or {}),
        regions=regions,
        loc=_IR.Location.current,  # given, so that no traceback stands in for it
    )


def add_function(
    name: str,
    inputs: Sequence[Any],
    results: Sequence[Any],
    *,
    is_private: bool = True,
) -> Any:
    """A new function without a body at the current insertion point, with the current location."""
    kind = _IR.FunctionType.get(list(inputs), list(results))
    attributes = {
        "sym_name": _IR.StringAttr.get(name),
        "function_type": _IR.TypeAttr.get(kind),
    }
    if is_private:
        attributes["sym_visibility"] = _IR.StringAttr.get("private")
    return add_operation("func.func", attributes=attributes, regions=1)


def add_entry(function: Any) -> Any:
    """The first block of a function that has no body yet; its arguments have the location of the function."""
    inputs = _IR.TypeAttr(function.attributes["function_type"]).value.inputs
    locations = [function.location] * len(inputs)
    return _IR.Block.create_at_start(function.regions[0], inputs, locations)


def walk(operation: Any) -> Iterator[Any]:
    """All operations inside an operation, in the order of the text, each before what is inside it."""
    for region in operation.regions:
        for block in region.blocks:
            for view in list(block.operations):
                inner = view.operation
                yield inner
                if len(inner.regions):
                    yield from walk(inner)


def functions_in(module: Any) -> dict[str, Any]:
    """The functions of a module, given as its operation, by their names."""
    return {
        symbol_of(operation.operation): operation.operation
        for operation in module.regions[0].blocks[0].operations
        if operation.operation.name == "func.func"
    }


def body_of(operation: Any, region: int = 0) -> Any:
    """The first block of a region."""
    return operation.regions[region].blocks[0]


def last_of(block: Any) -> Any:
    """The terminator of a block."""
    return block.operations[len(block.operations) - 1].operation


def operation_of(value: Any) -> Any | None:
    """The operation that gives a value; None for the argument of a block."""
    owner = value.owner
    return None if isinstance(owner, _IR.Block) else owner.operation


def symbol_of(operation: Any) -> str:
    """The symbol that an operation defines; empty where it defines none."""
    if "sym_name" not in operation.attributes:
        return ""
    return str(_IR.StringAttr(operation.attributes["sym_name"]).value)


def move_operations(source: Any, target: Any) -> None:
    """Move all operations of a block behind those of another one."""
    for inner in list(source.operations):
        target.append(inner.operation)


def index_constant(value: int) -> Any:
    """A constant index at the current insertion point."""
    kind = _IR.IndexType.get()
    attribute = _IR.IntegerAttr.get(kind, value)
    return add_operation("arith.constant", (), [kind], {"value": attribute}).results[0]


def float_constant(kind: Any, value: float) -> Any:
    """A constant float at the current insertion point."""
    attribute = _IR.FloatAttr.get(kind, value)
    return add_operation("arith.constant", (), [kind], {"value": attribute}).results[0]


def index_value(value: Any) -> int | None:
    """The number that an index or integer is known to be; None where it is not known."""
    operation = operation_of(value)
    if operation is None or operation.name != "arith.constant":
        return None
    attribute = operation.attributes["value"]
    if not isinstance(attribute, _IR.IntegerAttr):
        return None
    return int(attribute.value)


def is_float(kind: Any) -> bool:
    """Whether values of a type are numbers that are differentiated: floats and complex numbers."""
    return isinstance(kind, (_IR.FloatType, _IR.ComplexType))
