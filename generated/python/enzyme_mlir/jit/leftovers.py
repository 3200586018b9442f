# The stubs of the host and of NumPy leave some type arguments open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

"""Operations that Enzyme leaves behind and has no pass for, in terms of MLIR's own dialects.

`enzyme.fill_zero` clears the shadow of memory that a function allocates; `enzyme.broadcast` repeats a value for each
direction of a derivative whose `width` is above one. `enzyme.jacobian` stays when all its uses are gone.
"""

from __future__ import annotations

import importlib
from typing import Any

from .._runtime.host import HOST, ir
from .errors import JitError

__all__ = ["EXPANDED", "expand_leftovers"]


def _fill_zero(operation: Any) -> None:
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


def _broadcast(operation: Any) -> None:
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


def _drop(operation: Any) -> None:
    if any(list(result.uses) for result in operation.results):
        raise JitError(
            f"{operation.name} is left; only its products with vectors (stablehlo.dot_general) can be expanded"
        )


EXPANDED = {
    "enzyme.broadcast": _broadcast,
    "enzyme.fill_zero": _fill_zero,
    "enzyme.jacobian": _drop,
}
"""What is expanded, and how."""


def expand_leftovers(operation: Any) -> bool:
    """Expand an operation, if it is one of `EXPANDED`; the operation is then gone."""
    expand = EXPANDED.get(operation.name)
    if expand is None:
        return False
    with ir.InsertionPoint(operation), operation.location:
        expand(operation)
    operation.erase()
    return True
