"""Derivatives of functions of complex numbers, as derivatives of functions of their real and imaginary parts.

Enzyme knows sums, products and parts of complex numbers only, and dies of some of them. A complex number is a pair of
floats here, as it is for Enzyme: the tangent of a complex value is the complex value that it changes by, and the
derivative by a complex argument is the derivative by its real part plus i times that by its imaginary part, for a seed
which is the same of the result. So the derivative of an analytic f for the seed s is conj(f'(z)) s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..._runtime.host import ir
from .activity import memory_of
from .building import add_operation, symbol_of, walk
from .complex_pairs import join, merge_memory, split, split_memory
from .complex_splitting import dense_parts, split_function
from .complex_types import is_complex, parts_of, uses_complex
from .derivatives import Derivative, callees_of, functions_of
from .effects import Changes, changes_of
from .normalise import BRANCHES, has_branches, module_around, run_passes
from .preparing import free_name
from .unsupported import Unsupported

__all__ = ["expand_complex", "remove_parts"]

_IR: Any = ir
SUFFIX = ".parts"
PASSES = (
    "lower-affine",
    "scf-forall-to-for",
    "scf-parallel-for-to-nested-fors",
    "linalg-generalize-named-ops",
)
"""What is done before: structured operations get a region that says what they compute."""


def expand_complex(module: Any, derivatives: Sequence[Derivative]) -> bool:
    """Let derivatives of functions of complex numbers be those of functions of their parts.

    Args:
        module: The module, which is changed.
        derivatives: Those that are due, in one direction.

    Returns:
        Whether there was one.

    Raises:
        Unsupported: A function does something with complex numbers that there is nothing for.
    """
    made: dict[str, str] = {}
    functions = functions_of(module)
    for derivative in derivatives:
        function = functions.get(derivative.callee)
        if derivative.mode == "batch" or function is None:
            continue
        if derivative.callee not in made:
            around = module_around(module, derivative.callee)
            if not _is_for_us(around):
                continue
            made[derivative.callee] = _split(module, around, derivative.callee)
        with derivative.operation.location:
            _replace(module, function, derivative, made[derivative.callee])
    return bool(made)


def remove_parts(module: Any) -> None:
    """Take functions of parts, and their constants, away when nothing refers to them any more."""
    while True:
        used: set[str] = set()
        for operation in module.body.operations:
            used |= callees_of(operation.operation)
        unused = [
            operation.operation
            for operation in module.body.operations
            if SUFFIX in symbol_of(operation.operation)
            and symbol_of(operation.operation) not in used
        ]
        if not unused:
            return
        for operation in unused:
            operation.erase()


def _is_for_us(around: Any) -> bool:
    """Whether there are complex numbers, and no StableHLO, which Enzyme knows itself."""
    return any(
        uses_complex(function) for function in functions_of(around).values()
    ) and not any(
        operation.name.startswith(("stablehlo.", "chlo."))
        for operation in walk(around.operation)
    )


def _split(module: Any, around: Any, name: str) -> str:
    """Add the functions of parts that stand for a function and for those that it calls; gives the first one's name."""
    if has_branches(around):
        run_passes(around, BRANCHES)
    run_passes(around, PASSES)
    known = {symbol_of(each.operation) for each in module.body.operations}
    names: dict[str, str] = {}
    functions = functions_of(around)
    for symbol, function in functions.items():
        if list(function.regions[0].blocks):
            names[symbol] = free_name(symbol + SUFFIX, {*known, *names.values()})
        elif is_complex(function.attributes["function_type"]):
            raise Unsupported(
                f"@{symbol} takes complex numbers and is only declared, so that it cannot be differentiated", function
            )
    for each in around.body.operations:
        operation = each.operation
        if operation.name == "memref.global" and "constant" in operation.attributes:
            symbol = symbol_of(operation)
            if is_complex(operation.attributes["type"]):
                names[symbol] = free_name(symbol + SUFFIX, known)
                _split_global(module, operation, names[symbol])
    with _IR.InsertionPoint(module.body):
        for symbol, function in functions.items():
            if symbol in names:
                split_function(function, names[symbol], names)
    return names[name]


def _split_global(module: Any, memory: Any, name: str) -> None:
    """Constant memory of complex numbers as two of floats."""
    kinds = parts_of(_IR.TypeAttr(memory.attributes["type"]).value) or []
    with memory.location, _IR.InsertionPoint.at_block_begin(module.body):
        for kind, value, part in zip(
            kinds, dense_parts(memory, kinds), ("re", "im"), strict=True
        ):
            add_operation(
                "memref.global",
                attributes={
                    "sym_name": _IR.StringAttr.get(f"{name}.{part}"),
                    "sym_visibility": _IR.StringAttr.get("private"),
                    "type": _IR.TypeAttr.get(kind),
                    "initial_value": value,
                    "constant": _IR.UnitAttr.get(),
                },
            )


@dataclass(slots=True)
class _Call:
    """A derivative of parts while it is put together."""

    operands: list[Any] = field(default_factory=list)
    activity: list[str] = field(default_factory=list)
    returns: list[str] = field(default_factory=list)
    results: list[Any] = field(default_factory=list)
    back: list[tuple[list[Any], Any]] = field(default_factory=list)
    """Parts of memory, and where they go afterwards."""
    owned: list[Any] = field(default_factory=list)
    """Memory that nobody needs afterwards."""

    def parts(self, value: Any, *, changes: bool) -> list[Any]:
        """The parts of an operand; a value that is not complex is its own."""
        if not is_complex(value.type):
            return [value]
        if not isinstance(value.type, _IR.MemRefType):
            return split(value)
        parts = split_memory(value)
        self.owned += parts
        if changes:
            self.back.append((parts, value))
        return parts


def _replace(module: Any, function: Any, derivative: Derivative, name: str) -> None:
    """Put the derivative of a function of parts in the place of one of complex numbers."""
    operation = derivative.operation
    kind = _IR.TypeAttr(function.attributes["function_type"]).value
    _check(derivative, kind)
    changes = changes_of(module, derivative.callee)
    _check_memories(derivative, changes)
    call = _Call()
    with _IR.InsertionPoint(operation):
        for position, word in enumerate(derivative.activity):
            _add_argument(call, derivative, position, word, position in changes.arguments)
        _add_results(call, derivative, kind)
        attributes = {each: operation.attributes[each] for each in operation.attributes}
        like = str(attributes.get("activity", "")) + str(
            attributes.get("ret_activity", "")
        )
        attributes["fn"] = _IR.FlatSymbolRefAttr.get(name)
        attributes["activity"] = spelled(call.activity, like)
        attributes["ret_activity"] = spelled(call.returns, like)
        made = add_operation(operation.name, call.operands, call.results, attributes)
        for parts, memory in call.back:
            merge_memory(parts, memory)
        fresh = iter(made.results)
        for old in operation.results:
            parts = [next(fresh) for _ in parts_of(old.type) or []]
            value = join(parts, old.type) if is_complex(old.type) else parts[0]
            old.replace_all_uses_with(value)
        for memory in call.owned:
            add_operation("memref.dealloc", [memory])
    operation.erase()


def _add_argument(
    call: _Call, derivative: Derivative, position: int, word: str, changes: bool
) -> None:
    operands = derivative.operation.operands
    at, at_shadow = derivative.operands_of(position)
    values = call.parts(operands[at], changes=changes)
    call.activity += [word] * len(values)
    if at_shadow is None:
        call.operands += values
        return
    shadows = call.parts(operands[at_shadow], changes=True)
    for value, shadow in zip(values, shadows, strict=True):
        call.operands += [value, shadow]


def _add_results(call: _Call, derivative: Derivative, kind: Any) -> None:
    """The activities and the types of what comes back, and the seeds."""
    is_forward = derivative.mode == "forward"
    for single, word in zip(kind.results, derivative.returns, strict=True):
        parts = parts_of(single) or []
        call.returns += [word] * len(parts)
    seeds = list(derivative.operation.operands)[derivative.seeds_from :]
    for seed in seeds:
        call.operands += call.parts(seed, changes=False)
