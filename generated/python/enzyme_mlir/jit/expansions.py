"""Operations of MLIR's own dialects that its passes do not bring to the `llvm` dialect, in terms of others."""

from __future__ import annotations

from typing import Any

from .._runtime.host import ir
from ..lowering.updates import kind_of, update, update_by_region

__all__ = ["EXPANDED", "expand_operations"]

SMALLEST = {"f64": 2.0**-1022, "f32": 2.0**-126, "f16": 2.0**-14, "bf16": 2.0**-126}
"""The smallest positive number with all its digits."""

OEQ, OGT, OGE, OLT = 1, 2, 3, 4
"""Predicates of `arith.cmpf`."""


def _create(name: str, result: Any, *operands: Any, **attributes: Any) -> Any:
    create: Any = ir.Operation.create
    return create(
        name, results=[result], operands=list(operands), attributes=attributes
    ).result


def _constant(type_: Any, number: float) -> Any:
    """A number, or a tensor or a vector full of it."""
    value: Any = ir.FloatAttr.get(getattr(type_, "element_type", type_), number)
    if isinstance(type_, ir.ShapedType):
        value = ir.DenseElementsAttr.get_splat(type_, value)
    return _create("arith.constant", type_, value=value)


def _with_element(type_: Any, element: Any) -> Any:
    """The type, a tensor or a vector perhaps, with other elements."""
    if not isinstance(type_, ir.ShapedType):
        return element
    kind: Any = type(type_)
    return kind.get(type_.shape, element)


def _compare(predicate: int, value: Any, number: float) -> Any:
    bit = _with_element(value.type, ir.IntegerType.get_signless(1))
    code = ir.IntegerAttr.get(ir.IntegerType.get_signless(64), predicate)
    constant = _constant(value.type, number)
    return _create("arith.cmpf", bit, value, constant, predicate=code)


def _is_infinite(operation: Any) -> Any:
    (value,) = operation.operands
    size = _create("math.absf", value.type, value)
    return _compare(OEQ, size, float("inf"))


def _is_normal(operation: Any) -> Any:
    (value,) = operation.operands
    smallest = SMALLEST.get(str(value.type))
    if smallest is None:
        return None
    size = _create("math.absf", value.type, value)
    least = _compare(OGE, size, smallest)
    return _create("arith.andi", least.type, least, _compare(OLT, size, float("inf")))


def _power(operation: Any) -> Any:
    index = ir.IndexType.get()
    if operation.result.type != index:
        return None
    wide = ir.IntegerType.get_signless(64)
    operands = [_create("arith.index_cast", wide, each) for each in operation.operands]
    return _create("arith.index_cast", index, _create("math.ipowi", wide, *operands))


def _update(operation: Any) -> Any:
    """LLVM has no atomic product."""
    kind = kind_of(operation)
    if kind not in ("mulf", "muli"):
        return None
    value, memory, *indices = operation.operands
    return update(kind, value, memory, indices)


def _clamp(operation: Any) -> Any:
    """MLIR's own expansion takes the bounds for each other."""
    value, low, high = operation.operands
    below = _create("arith.minimumf", value.type, value, high)
    return _create("arith.maximumf", value.type, below, low)


def _exponential_minus_one(operation: Any) -> Any:
    """MLIR's own expansion, exp(x) - 1, loses the digits of small results.

    There log(exp(x)) / x has the same error as (exp(x) - 1) / x (W. Kahan, 1980).
    """
    (given,) = operation.operands
    value = _at_least_f32(given)
    type_ = value.type
    grown = _create("math.exp", type_, value)
    plain = _create("arith.subf", type_, grown, _constant(type_, 1.0))
    product = _create("arith.mulf", type_, plain, value)
    exact = _create("arith.divf", type_, product, _create("math.log", type_, grown))
    is_one = _compare(OEQ, grown, 1.0)
    small = _create("arith.select", type_, is_one, value, exact)
    is_large = _compare(OGT, _create("math.absf", type_, value), 0.5)
    found = _create("arith.select", type_, is_large, plain, small)
    is_wide = type_ == given.type
    return found if is_wide else _create("arith.truncf", given.type, found)


def _at_least_f32(value: Any) -> Any:
    """The value, or one of single precision in the place of a half."""
    element: Any = getattr(value.type, "element_type", value.type)
    if element.width >= 32:
        return value
    wide = _with_element(value.type, ir.F32Type.get())
    return _create("arith.extf", wide, value)


EXPANDED = {
    "math.clampf": _clamp,
    "math.expm1": _exponential_minus_one,
    "math.isinf": _is_infinite,
    "math.isnormal": _is_normal,
    "math.ipowi": _power,
    "memref.atomic_rmw": _update,
    "memref.generic_atomic_rmw": update_by_region,
}
"""What is expanded, and how; None for an operation that can stay as it is."""


UPDATES = frozenset({"memref.atomic_rmw", "memref.generic_atomic_rmw"})
"""What is expanded only where nothing runs beside it."""


ELEMENTWISE = frozenset({"math.clampf", "math.expm1"})
"""Those that are expanded on tensors and vectors as well."""


def _is_expanded(operation: Any) -> bool:
    return operation.name in ELEMENTWISE or not isinstance(
        operation.result.type, ir.ShapedType
    )


def expand_operations(operations: list[Any], is_threaded: bool) -> None:
    """Expand those of `EXPANDED` among operations on single numbers.

    Args:
        operations: The operations.
        is_threaded: Whether loops may become parallel.
    """
    for operation in operations:
        expand = EXPANDED.get(operation.name)
        if expand is None or not _is_expanded(operation):
            continue
        if is_threaded and operation.name in UPDATES:
            continue
        with ir.InsertionPoint(operation), operation.location:
            found = expand(operation)
        if found is not None:
            operation.result.replace_all_uses_with(found)
            operation.erase()
