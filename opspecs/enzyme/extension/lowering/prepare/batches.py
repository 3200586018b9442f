"""Batches of functions, expanded: functions of single elements become functions of all of them.

Enzyme's own batching gives every operation batched types. That is right for StableHLO, where each operation has a rule,
and for arithmetic on numbers and tensors, but for constants. Here arithmetic becomes arithmetic on tensors, and any
other function is called in a loop, for one element after the other. StableHLO is left to Enzyme.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._runtime.expected import widened
from ..._runtime.host import ir
from .building import add_operation, walk
from .complex_types import is_complex
from .derivatives import Derivative, callees_of, functions_of, innermost
from .preparing import free_name
from .repeating import repeat
from .unsupported import Unsupported
from .vectorising import vectorise

__all__ = ["expand_all_batches", "expand_batches"]

_IR: Any = ir
PREFIX = "batched_"
ENZYMES = frozenset({"chlo", "mhlo", "shape", "stablehlo"})
"""Dialects whose operations Enzyme batches itself."""


def expand_batches(module: Any, derivatives: Sequence[Derivative]) -> bool:
    """Expand the batches among derivatives, except those that are Enzyme's.

    Args:
        module: The module, which is changed.
        derivatives: Those that are due.

    Returns:
        Whether there was one to expand.

    Raises:
        Unsupported: There is no batch of such a function, or an operand or result has another type than it needs.
    """
    functions = functions_of(module)
    made: dict[tuple[str, ...], str] = {}
    for derivative in derivatives:
        if derivative.mode != "batch":
            continue
        operations = _operations_of(derivative.callee, functions)
        if _is_enzymes(operations):
            _settle_constants(operations)
            continue
        operation = derivative.operation
        function = functions.get(derivative.callee)
        if function is None:
            raise Unsupported(
                f"there is no function @{derivative.callee} to batch", operation
            )
        shape = _shape_of(operation)
        key = (
            derivative.callee,
            str(shape),
            *(str(each.type) for each in operation.operands),
        )
        if key not in made:
            _check(operation, function, shape)
            name = free_name(PREFIX + derivative.callee, functions_of(module))
            with operation.location:
                _batch(module, function, shape, operation, name)
            made[key] = name
        _call(operation, made[key])
    return bool(made)


def expand_all_batches(module: Any) -> None:
    """Expand the batches of a module from the inside outwards, those of functions that contain a derivative apart."""
    while expand_batches(module, innermost(module)[0]):
        pass


def _call(operation: Any, name: str) -> None:
    """Put the call of a function in the place of a batch."""
    callee = {"callee": _IR.FlatSymbolRefAttr.get(name)}
    results = [result.type for result in operation.results]
    with operation.location, _IR.InsertionPoint(operation):
        call = add_operation("func.call", list(operation.operands), results, callee)
    for old, new in zip(operation.results, list(call.results), strict=True):
        old.replace_all_uses_with(new)
    operation.erase()


def _batch(
    module: Any, function: Any, shape: Sequence[int], operation: Any, name: str
) -> None:
    if not vectorise(module, function, shape, name):
        repeat(module, function, shape, operation, name)


def _is_enzymes(operations: Sequence[Any]) -> bool:
    """Whether there are operations that Enzyme batches itself."""
    return any(each.name.partition(".")[0] in ENZYMES for each in operations)


def _operations_of(name: str, functions: dict[str, Any]) -> list[Any]:
    """The operations of a function, and of those that it calls."""
    found: list[Any] = []
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in seen or current not in functions:
            continue
        seen.add(current)
        found += walk(functions[current])
        waiting += callees_of(functions[current])
    return found


def _settle_constants(operations: Sequence[Any]) -> None:
    """Let constants of several numbers be StableHLO's: of others Enzyme reads beyond the end."""
    for operation in operations:
        if operation.name != "arith.constant":
            continue
        kind = operation.results[0].type
        if is_complex(kind):
            raise Unsupported(
                "Enzyme does not batch an arith.constant of complex numbers; write it as stablehlo.constant",
                operation,
            )
        value = operation.attributes["value"]
        if isinstance(value, _IR.DenseElementsAttr) and not value.is_splat:
            with operation.location, _IR.InsertionPoint(operation):
                settled = add_operation(
                    "stablehlo.constant", (), [kind], {"value": value}
                )
            operation.results[0].replace_all_uses_with(settled.results[0])
            operation.erase()


def _shape_of(operation: Any) -> list[int]:
    """The sizes of a batch, outermost first."""
    if "batch_shape" not in operation.attributes:
        raise Unsupported("a batch has to say its batch_shape", operation)
    return [
        int(each) for each in _IR.DenseI64ArrayAttr(operation.attributes["batch_shape"])
    ]


def _check(operation: Any, function: Any, shape: Sequence[int]) -> None:
    """Compare the types of a batch with those of its function."""
    kind = _IR.TypeAttr(function.attributes["function_type"]).value
    name = _IR.StringAttr(function.attributes["sym_name"]).value
    for word, given, wanted in (
        ("argument", operation.operands, kind.inputs),
        ("result", operation.results, kind.results),
    ):
        if len(given) != len(wanted):
            raise Unsupported(
                f"@{name} has {len(wanted)} {word}s, the batch {len(given)}", operation
            )
        for position, (value, single) in enumerate(zip(given, wanted, strict=True)):
            batched = widened(single, shape)
            if batched is None:
                raise Unsupported(
                    f"{word} {position} of @{name} is a {single}, of which there is no batch: "
                    "numbers, tensors and memory without a layout have one",
                    operation,
                )
            if not _fits(value.type, batched):
                raise Unsupported(
                    f"{word} {position} of @{name} is a {single}, so the batch needs a {batched} for it, "
                    f"not a {value.type}",
                    operation,
                )


def _fits(given: Any, wanted: Any) -> bool:
    """Whether a value of a type can be taken for one of the wanted type; memory may have another layout."""
    if not isinstance(wanted, _IR.MemRefType) or not isinstance(given, _IR.MemRefType):
        return bool(given == wanted)
    return (
        list(given.shape) == list(wanted.shape)
        and given.element_type == wanted.element_type
        and given.memory_space == wanted.memory_space
    )
