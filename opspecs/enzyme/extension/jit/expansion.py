"""Operations that Enzyme leaves behind and has no pass for, in terms of MLIR's own dialects.

`enzyme.fill_zero` clears the shadow of memory that a function allocates; `enzyme.broadcast` repeats a value for each
direction of a derivative whose `width` is above one; `enzyme.atomic_rmw` and `enzyme.affine_atomic_rmw` add to shadows
in the derivatives of parallel loops; `enzyme.load` and `enzyme.store` are MLIR's own. `enzyme.dump` prints a number.
`enzyme.jacobian` stays when all its uses are gone.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from .._runtime.host import HOST, ir
from ..lowering.updates import can_update, kind_of, update
from .errors import JitError
from .walking import place_of

__all__ = ["EXPANDED", "expand_operation"]


def _fill_zero(operation: Any, is_threaded: bool) -> None:
    linalg: Any = importlib.import_module(f"{HOST}.dialects.linalg")
    (memory,) = operation.operands
    zero = _zero(memory.type.element_type)
    linalg.fill(zero, outs=[memory])


def _zero(type_: Any) -> Any:
    arith: Any = importlib.import_module(f"{HOST}.dialects.arith")
    complex_type: Any = ir.ComplexType
    if isinstance(type_, complex_type):
        part: Any = type_
        zero = ir.FloatAttr.get(part.element_type, 0.0)
        create: Any = ir.Operation.create
        return create(
            "complex.constant",
            results=[type_],
            attributes={"value": ir.ArrayAttr.get([zero, zero])},
        ).results[0]
    return arith.constant(type_, 0 if "i" in str(type_)[:2] else 0.0)


def _broadcast(operation: Any, is_threaded: bool) -> None:
    (value,) = operation.operands
    (result,) = operation.results
    create: Any = ir.Operation.create
    if not isinstance(value.type, ir.RankedTensorType):
        spread = create("tensor.splat", results=[result.type], operands=[value])
        result.replace_all_uses_with(spread.results[0])
        return
    linalg: Any = importlib.import_module(f"{HOST}.dialects.linalg")
    tensor: Any = importlib.import_module(f"{HOST}.dialects.tensor")
    arith: Any = importlib.import_module(f"{HOST}.dialects.arith")
    added = result.type.rank - value.type.rank
    sizes: list[Any] = []
    for position in range(result.type.rank):
        if not result.type.is_dynamic_dim(position):
            sizes.append(result.type.get_dim_size(position))
        else:
            index = arith.constant(ir.IndexType.get(), position - added)
            sizes.append(tensor.dim(value, index))
    empty = tensor.empty(sizes, result.type.element_type)
    spread = linalg.broadcast(value, outs=[empty], dimensions=list(range(added)))
    result.replace_all_uses_with(spread.operation.results[0])


def _drop(operation: Any, is_threaded: bool) -> None:
    if any(list(result.uses) for result in operation.results):
        raise JitError(
            f"{operation.name} is left; only its products with vectors (stablehlo.dot_general) can be expanded"
        )


def _replace(operation: Any, value: Any) -> None:
    operation.results[0].replace_all_uses_with(value)


def _kind_of(operation: Any, memory: Any) -> str:
    """The kind of an update, which fits the elements of the memory."""
    kind = kind_of(operation)
    element = memory.type.element_type
    if not can_update(kind, element):
        raise JitError(
            f"{operation.name} {kind}{place_of(operation)} has no meaning for elements of the type {element}"
        )
    return kind


def _update(operation: Any, is_threaded: bool) -> None:
    value, memory, *indices = operation.operands
    _make_update(operation, value, memory, indices, is_threaded)


def _affine_update(operation: Any, is_threaded: bool) -> None:
    value, memory, *operands = operation.operands
    map_: Any = ir.AffineMapAttr(operation.attributes["map"]).value
    create: Any = ir.Operation.create
    indices: list[Any] = []
    for expression in map_.results:
        one = ir.AffineMap.get(map_.n_dims, map_.n_symbols, [expression])
        applied = create(
            "affine.apply",
            results=[ir.IndexType.get()],
            operands=operands,
            attributes={"map": ir.AffineMapAttr.get(one)},
        )
        indices.append(applied.result)
    _make_update(operation, value, memory, indices, is_threaded)


def _make_update(
    operation: Any, value: Any, memory: Any, indices: list[Any], is_threaded: bool
) -> None:
    kind = _kind_of(operation, memory)
    if not is_threaded:
        _replace(operation, update(kind, value, memory, indices))
        return
    create: Any = ir.Operation.create
    made = create(
        "memref.atomic_rmw",
        results=[value.type],
        operands=[value, memory, *indices],
        attributes={"kind": operation.attributes["kind"]},
    )
    _replace(operation, made.result)


def _check_plain(operation: Any, count: int) -> None:
    """Refuse loads and stores of whole blocks, which `sizes` make of them."""
    segments = operation.attributes["operandSegmentSizes"]
    sizes: Any = ir.DenseI32ArrayAttr(segments)
    static = operation.attributes.get("static_sizes")
    if list(sizes)[count] or (static is not None and len(ir.DenseI64ArrayAttr(static))):
        raise JitError(f"{operation.name}{place_of(operation)} with sizes is left")


def _load(operation: Any, is_threaded: bool) -> None:
    _check_plain(operation, 2)
    create: Any = ir.Operation.create
    load = create(
        "memref.load",
        results=[operation.results[0].type],
        operands=list(operation.operands),
    )
    _replace(operation, load.result)


def _store(operation: Any, is_threaded: bool) -> None:
    _check_plain(operation, 3)
    create: Any = ir.Operation.create
    create("memref.store", operands=list(operation.operands))


def _dump(operation: Any, is_threaded: bool) -> None:
    """Print the label and the number; MLIR prints numbers only."""
    (value,) = operation.operands
    if isinstance(value.type, ir.ShapedType | ir.ComplexType):
        raise JitError(
            f"{operation.name}{place_of(operation)} prints {value.type}; only numbers can be printed"
        )
    create: Any = ir.Operation.create
    label = ir.StringAttr(operation.attributes["label"]).value
    text = ir.StringAttr.get(f"{label}: ")
    create("vector.print", attributes={"stringLiteral": text})
    create("vector.print", operands=[value])
    _replace(operation, value)


EXPANDED: dict[str, Callable[[Any, bool], None]] = {
    "enzyme.affine_atomic_rmw": _affine_update,
    "enzyme.atomic_rmw": _update,
    "enzyme.broadcast": _broadcast,
    "enzyme.dump": _dump,
    "enzyme.fill_zero": _fill_zero,
    "enzyme.jacobian": _drop,
    "enzyme.load": _load,
    "enzyme.store": _store,
}
"""What is expanded, and how."""


def expand_operation(operation: Any, is_threaded: bool) -> bool:
    """Expand an operation, if it is one of `EXPANDED`; the operation is then gone.

    Args:
        operation: The operation.
        is_threaded: Whether loops may become parallel, so that updates have to be atomic.
    """
    expand = EXPANDED.get(operation.name)
    if expand is None:
        return False
    with ir.InsertionPoint(operation), operation.location:
        expand(operation, is_threaded)
    operation.erase()
    return True
