"""Memory of integers narrower than a byte becomes memory of bytes.

MLIR 22 lowers loads and stores of `i1` to an assertion that ends the process, and packs `i2` and `i4` in ways that its
copies and views do not know of. Here each such number gets a byte of its own, which is also what NumPy's bool is. Only
memory changes: a load is followed by `trunci`, a store preceded by `extui`.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from .._runtime.host import HOST, ir
from .errors import JitError
from .walking import place_of, walk

__all__ = ["has_narrow_memory", "widen_narrow_memory"]

NARROW = re.compile(r"memref<(?:[^<>]*x)?[su]?i[1-7]\b")
"""A memref of integers of less than eight bits, as MLIR prints its type."""

TRANSPARENT = frozenset({"arith", "builtin", "cf", "func", "memref", "scf", "ub"})
"""Dialects whose operations on memory, apart from those handled here, do not look at the numbers in it."""

SAME_ON_BITS = {
    "addi": "xori",
    "maxs": "minu",
    "mins": "maxu",
    "muli": "andi",
}
"""What an update of one bit is, in terms of updates that do not look further than that bit."""


def has_narrow_memory(text: str) -> bool:
    """Whether a module, as text, has memory of integers narrower than a byte."""
    return NARROW.search(text) is not None


def _is_narrow(type_: Any) -> bool:
    return isinstance(type_, ir.IntegerType) and type_.width < 8


def _widened(type_: Any) -> Any:
    """A type with bytes in all its memory; the type itself where there is nothing to change."""
    if isinstance(type_, ir.MemRefType):
        element = _widened_element(type_.element_type)
        return ir.MemRefType.get(type_.shape, element, type_.layout, type_.memory_space)
    if isinstance(type_, ir.UnrankedMemRefType):
        element = _widened_element(type_.element_type)
        return ir.UnrankedMemRefType.get(element, type_.memory_space)
    if isinstance(type_, ir.FunctionType):
        return ir.FunctionType.get(
            [_widened(each) for each in type_.inputs],
            [_widened(each) for each in type_.results],
        )
    return type_


def _widened_element(type_: Any) -> Any:
    if not _is_narrow(type_):
        return _widened(type_)
    if not type_.is_signless:
        raise JitError(f"memory of {type_} cannot be compiled; use i{type_.width}")
    return ir.IntegerType.get_signless(8)


def _create(name: str, result: Any, *operands: Any) -> Any:
    create: Any = ir.Operation.create
    return create(name, results=[result], operands=list(operands)).results[0]


def _narrowed_result(operation: Any) -> None:
    """Make an operation give a byte, and its users the number in it."""
    result = operation.results[0]
    narrow = result.type
    result.set_type(ir.IntegerType.get_signless(8))
    after: Any = ir.InsertionPoint.after
    with after(operation), operation.location:
        number = _create("arith.trunci", narrow, result)
    result.replace_all_uses_except(number, [number.owner.operation])


def _widened_operand(operation: Any, position: int) -> None:
    """Give an operation a byte in place of a narrow number."""
    with ir.InsertionPoint(operation), operation.location:
        operation.operands[position] = _create(
            "arith.extui",
            ir.IntegerType.get_signless(8),
            operation.operands[position],
        )


def _load(operation: Any) -> None:
    _narrowed_result(operation)


def _store(operation: Any) -> None:
    _widened_operand(operation, 0)


def _update(operation: Any) -> None:
    """`memref.atomic_rmw`: on whole bytes, so its kind has to leave the other bits alone."""
    width = operation.results[0].type.width
    arith: Any = importlib.import_module(f"{HOST}.dialects.arith")
    kinds = arith.AtomicRMWKind
    kind = kinds(ir.IntegerAttr(operation.attributes["kind"]).value)
    name = str(kind)
    if width == 1 and name in SAME_ON_BITS:
        other = kinds[SAME_ON_BITS[name]]
        operation.attributes["kind"] = ir.IntegerAttr.get(
            ir.IntegerType.get_signless(64), int(other)
        )
    elif width > 1 and name in ("maxs", "mins"):
        raise JitError(
            f"memref.atomic_rmw {name}{place_of(operation)} works on memory of i{width}, which it cannot"
        )
    _widened_operand(operation, 0)
    _narrowed_result(operation)


def _update_by_region(operation: Any) -> None:
    """`memref.generic_atomic_rmw`."""
    block = operation.regions[0].blocks[0]
    (before,) = block.arguments
    narrow = before.type
    before.set_type(ir.IntegerType.get_signless(8))
    with ir.InsertionPoint.at_block_begin(block), operation.location:
        number = _create("arith.trunci", narrow, before)
    before.replace_all_uses_except(number, [number.owner.operation])
    _widened_operand(block.operations[len(block.operations) - 1].operation, 0)
    _narrowed_result(operation)


def _global(operation: Any) -> None:
    """`memref.global`: the values it starts with become bytes too."""
    value = operation.attributes["initial_value"]
    if isinstance(value, ir.UnitAttr):
        return
    if not isinstance(value, ir.DenseIntElementsAttr):
        raise JitError(
            f"{operation.name}{place_of(operation)} holds numbers narrower than a byte in a form that is not known"
        )
    held: Any = value
    type_: Any = value.type
    narrow = type_.element_type
    wide: Any
    if narrow.width == 1:
        numbers = np.array(list(held), np.int8).reshape(type_.shape)
        dense: Any = ir.DenseElementsAttr
        wide = dense.get(numbers, signless=True)
    else:
        wide = ir.Attribute.parse(str(value).replace(f"x{narrow}>", "xi8>"))
    operation.attributes["initial_value"] = wide


HANDLED = {
    "memref.load": (_load, 0),
    "memref.store": (_store, 1),
    "memref.atomic_rmw": (_update, 1),
    "memref.generic_atomic_rmw": (_update_by_region, 0),
}
"""Operations that look at the numbers, and which of their operands is the memory."""


def _has_narrow(types: Iterable[Any]) -> bool:
    return any(_widened(type_) != type_ for type_ in types)


def widen_narrow_memory(module: Any) -> None:
    """Turn memory of narrow integers into memory of bytes, in place.

    Structured operations on memory (`linalg`, `affine`) have to be loops with loads and stores by now.

    Raises:
        JitError: An operation looks into such memory in a way that is not known here.
    """
    operations = list(walk(module.operation))
    changes: list[tuple[Any, Any]] = []
    for operation in operations:
        handled = HANDLED.get(operation.name)
        if handled is not None:
            change, memory = handled
            if _is_narrow(operation.operands[memory].type.element_type):
                changes.append((change, operation))
        elif operation.name == "memref.global":
            if _has_narrow([ir.TypeAttr(operation.attributes["type"]).value]):
                changes.append((_global, operation))
        elif operation.name.partition(".")[0] not in TRANSPARENT and _has_narrow(
            each.type for each in (*operation.operands, *operation.results)
        ):
            raise JitError(
                f"{operation.name}{place_of(operation)} cannot work on memory of numbers narrower than a byte"
            )
    for operation in operations:
        _retype(operation)
    for change, operation in changes:
        change(operation)


def _retype(operation: Any) -> None:
    """Give an operation's results, the arguments of its blocks and its attributes the types with bytes."""
    for region in operation.regions:
        for block in region.blocks:
            for argument in block.arguments:
                _set_type(argument)
    for result in operation.results:
        _set_type(result)
    for named in list(operation.attributes):
        attribute = (
            operation.attributes[named] if isinstance(named, str) else named.attr
        )
        if isinstance(attribute, ir.TypeAttr):
            wide = _widened(attribute.value)
            if wide != attribute.value:
                name = named if isinstance(named, str) else named.name
                operation.attributes[name] = ir.TypeAttr.get(wide)


def _set_type(value: Any) -> None:
    type_ = value.type
    wide = _widened(type_)
    if wide != type_:
        value.set_type(wide)
