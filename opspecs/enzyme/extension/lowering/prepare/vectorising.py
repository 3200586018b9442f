"""A batch as the same operations on tensors, where all of them work element by element."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._runtime.expected import widened
from ..._runtime.host import ir
from .building import add_entry, add_function, add_operation, body_of
from .complex_types import is_complex
from .derivatives import functions_of
from .normalise import module_around, run_passes

__all__ = ["vectorise"]

_IR: Any = ir
MLIRError: type[Exception] = _IR.MLIRError
INLINE = ("inline",)


def vectorise(module: Any, function: Any, shape: Sequence[int], name: str) -> bool:
    """Add a function that does for all elements at once what another one does for one.

    Args:
        module: The module, which gets the function.
        function: What is done for each element.
        shape: The sizes of the batch.
        name: What the new function is called.

    Returns:
        Whether that could be done: nothing is added otherwise.
    """
    if not list(function.regions[0].blocks):
        return False
    around = module_around(
        module, _IR.StringAttr(function.attributes["sym_name"]).value
    )
    run_passes(around, INLINE)
    single = next(each for each in functions_of(around).values() if _is_public(each))
    if not _is_elementwise(single):
        return False
    made = _clone(around, single, shape, name)
    if made is None or not _is_valid(made):
        return False
    with _IR.InsertionPoint(module.body):
        made.clone()
    return True


def _is_public(function: Any) -> bool:
    return bool(_IR.StringAttr(function.attributes["sym_visibility"]).value == "public")


def _is_valid(function: Any) -> bool:
    try:
        return bool(function.verify())
    except MLIRError:
        return False


def _is_elementwise(function: Any) -> bool:
    """Whether a function consists of arithmetic on numbers and tensors, and of nothing else."""
    if len(list(function.regions[0].blocks)) > 1:
        return False
    *inner, end = (each.operation for each in body_of(function).operations)
    return end.name == "func.return" and all(
        operation.name.partition(".")[0] in ("arith", "math")
        and not list(operation.regions)
        for operation in inner
    )


def _clone(around: Any, single: Any, shape: Sequence[int], name: str) -> Any | None:
    """The function on batches, in the module around the other one; None where a type or a constant has no batch."""
    block = body_of(single)
    kind = _IR.TypeAttr(single.attributes["function_type"]).value
    inputs = [widened(each, shape) for each in kind.inputs]
    outputs = [widened(each, shape) for each in kind.results]
    if any(isinstance(each, _IR.MemRefType) for each in (*inputs, *outputs)):
        return None
    with _IR.InsertionPoint(around.body):
        made = add_function(name, inputs, outputs)
    target = add_entry(made)
    batched = dict(zip(block.arguments, target.arguments, strict=True))
    for operation in (each.operation for each in block.operations):
        with operation.location, _IR.InsertionPoint(target):
            results = _write(operation, batched, shape)
        if results is None:
            return None
        batched.update(zip(operation.results, results, strict=True))
    return made


def _write(
    operation: Any, batched: dict[Any, Any], shape: Sequence[int]
) -> list[Any] | None:
    kinds = [widened(result.type, shape) for result in operation.results]
    if None in kinds:
        return None
    if any(is_complex(each) for each in kinds):  # hosts do not show such constants
        return None
    attributes = {each: operation.attributes[each] for each in operation.attributes}
    if operation.name == "arith.constant":
        value = _spread(attributes["value"], kinds[0], shape)
        if value is None:
            return None
        attributes["value"] = value
    operands = [batched[each] for each in operation.operands]
    return list(add_operation(operation.name, operands, kinds, attributes).results)


def _spread(value: Any, kind: Any, shape: Sequence[int]) -> Any | None:
    """The same constant for all elements; None where that is not known how to write."""
    if not isinstance(value, _IR.DenseElementsAttr):
        try:
            return _IR.DenseElementsAttr.get_splat(kind, value)
        except ValueError:
            return None
    if value.is_splat:
        return _IR.DenseElementsAttr.get_splat(kind, value.get_splat_value())
    literal = str(value).partition("dense<")[2].rpartition("> : ")[0]
    if not literal.startswith("["):
        return None
    for size in reversed(shape):
        literal = f"[{', '.join([literal] * size)}]"
    return _IR.Attribute.parse(f"dense<{literal}> : {kind}")
