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
from .complex_constants import dense_parts
from .complex_pairs import (
    fill_parts,
    global_memory,
    join,
    merge_memory,
    split,
    split_memory,
)
from .complex_splitting import split_function
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
    made: dict[str, _Split] = {}
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


@dataclass(frozen=True, slots=True)
class _Split:
    """A function of parts."""

    name: str
    """Its name."""
    globals: tuple[tuple[str, str, Any], ...] = ()
    """Global memory that can change: the symbol, that of the parts, and the type."""


def _split(module: Any, around: Any, name: str) -> _Split:
    """Add the functions of parts for a function and for those that it calls, and the memory that they use."""
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
                f"@{symbol} takes complex numbers and is only declared, so that it cannot be differentiated",
                function,
            )
    changing: list[tuple[str, str, Any]] = []
    for each in around.body.operations:
        memory = each.operation
        if memory.name == "memref.global" and is_complex(memory.attributes["type"]):
            symbol = symbol_of(memory)
            names[symbol] = free_name(symbol + SUFFIX, known)
            _split_global(module, memory, names[symbol])
            if "constant" not in memory.attributes:
                kind = _IR.TypeAttr(memory.attributes["type"]).value
                changing.append((symbol, names[symbol], kind))
    with _IR.InsertionPoint(module.body):
        for symbol, function in functions.items():
            if symbol in names:
                split_function(function, names[symbol], names)
    return _Split(names[name], tuple(changing))


def _split_global(module: Any, memory: Any, name: str) -> None:
    """Global memory of complex numbers as two of floats; what can change is filled before it is used."""
    kinds = parts_of(_IR.TypeAttr(memory.attributes["type"]).value) or []
    attributes: list[dict[str, Any]] = [{}, {}]
    unit = _IR.UnitAttr.get()
    if "constant" in memory.attributes:
        values = dense_parts(memory, kinds)
        attributes = [{"initial_value": each, "constant": unit} for each in values]
    with memory.location, _IR.InsertionPoint.at_block_begin(module.body):
        for kind, more, part in zip(kinds, attributes, ("re", "im"), strict=True):
            add_operation(
                "memref.global",
                attributes={
                    "sym_name": _IR.StringAttr.get(f"{name}.{part}"),
                    "sym_visibility": _IR.StringAttr.get("private"),
                    "type": _IR.TypeAttr.get(kind),
                    **({"initial_value": unit} | more),
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

    def add_argument(
        self, derivative: Derivative, position: int, word: str, changes: bool
    ) -> None:
        """An argument of the function, with its shadow or tangent."""
        operands = derivative.operation.operands
        at, at_shadow = derivative.operands_of(position)
        values = self.parts(operands[at], changes=changes)
        self.activity += [word] * len(values)
        if at_shadow is None:
            self.operands += values
            return
        shadows = self.parts(operands[at_shadow], changes=True)
        for value, shadow in zip(values, shadows, strict=True):
            self.operands += [value, shadow]

    def fill_global(self, symbol: str, name: str, kind: Any) -> None:
        """Let the parts of global memory be what is there, and put them back afterwards."""
        memory = global_memory(symbol, kind)
        parts = [
            global_memory(f"{name}.{part}", single)
            for part, single in zip(("re", "im"), parts_of(kind) or [], strict=True)
        ]
        fill_parts(memory, parts)
        self.back.append((parts, memory))

    def add_results(self, derivative: Derivative, kind: Any) -> list[list[int]]:
        """What the operation gives; for each result of the old one the places of its parts."""
        is_forward = derivative.mode == "forward"
        groups: list[list[int]] = []
        for single, word in zip(kind.results, derivative.returns, strict=True):
            parts = parts_of(single) or []
            self.returns += [word] * len(parts)
            roles = (not word.endswith("noneed")) + (is_forward and "dup" in word)
            start = len(self.results)
            self.results += [part for part in parts for _ in range(roles)]
            groups += [
                [start + role + roles * part for part in range(len(parts))]
                for role in range(roles)
            ]
        if not is_forward:
            for single, word in zip(kind.inputs, derivative.activity, strict=True):
                if "active" in word:
                    start = len(self.results)
                    self.results += parts_of(single) or []
                    groups.append(list(range(start, len(self.results))))
        return groups


def _replace(module: Any, function: Any, derivative: Derivative, whole: _Split) -> None:
    """Put the derivative of a function of parts in the place of one of complex numbers."""
    operation = derivative.operation
    kind = _IR.TypeAttr(function.attributes["function_type"]).value
    changes = changes_of(module, derivative.callee)
    _check(derivative, kind, changes)
    call = _Call()
    with _IR.InsertionPoint(operation):
        for position, word in enumerate(derivative.activity):
            call.add_argument(derivative, position, word, position in changes.arguments)
        for seed in list(operation.operands)[derivative.seeds_from :]:
            call.operands += call.parts(seed, changes=False)
        groups = call.add_results(derivative, kind)
        for symbol, name, memory in whole.globals:
            call.fill_global(symbol, name, memory)
        attributes = {each: operation.attributes[each] for each in operation.attributes}
        like = str(attributes["activity"]) + str(attributes["ret_activity"])
        attributes["fn"] = _IR.FlatSymbolRefAttr.get(whole.name)
        attributes["activity"] = _activities(call.activity, like)
        attributes["ret_activity"] = _activities(call.returns, like)
        made = add_operation(operation.name, call.operands, call.results, attributes)
        for parts, memory in call.back:
            merge_memory(parts, memory)
        for old, places in zip(operation.results, groups, strict=True):
            parts = [made.results[place] for place in places]
            value = parts[0] if len(parts) == 1 else join(parts, old.type)
            old.replace_all_uses_with(value)
        for memory in call.owned:
            add_operation("memref.dealloc", [memory])
    operation.erase()


def _activities(words: Sequence[str], like: str) -> Any:
    """A list of activities, spelled as those of the derivative are."""
    spelled = "#enzyme<activity {}>" if "<activity " in like else "#enzyme.activity<{}>"
    return _IR.ArrayAttr.get(
        [_IR.Attribute.parse(spelled.format(word)) for word in words]
    )


def _check(derivative: Derivative, kind: Any, changes: Changes) -> None:
    """Refuse what has no parts, and memory that is given twice: its parts are copies, which would differ."""
    operation = derivative.operation
    name = derivative.callee
    pairs = ((derivative.activity, kind.inputs), (derivative.returns, kind.results))
    for words, kinds in pairs:
        if len(words) != len(kinds):
            raise Unsupported(
                f"the derivative of @{name} has {len(words)} activities for {len(kinds)} values",
                operation,
            )
    for single in kind.results:
        if is_complex(single) and isinstance(single, _IR.MemRefType):
            raise Unsupported(
                f"@{name} returns memory of complex numbers, which cannot be differentiated; "
                "let it write to memory that it is given",
                operation,
            )
    roots: list[Any] = []
    for position, single in enumerate(kind.inputs):
        if not isinstance(single, _IR.MemRefType) or not is_complex(single):
            continue
        at, at_shadow = derivative.operands_of(position)
        changed = position in changes.arguments
        for place in (at, at_shadow):
            if place is None:
                continue
            root = memory_of(operation.operands[place])
            if root in roots and (changed or place == at_shadow):
                raise Unsupported(
                    f"the derivative of @{name} is given the same memory of complex numbers twice, and changes it",
                    operation,
                )
            roots.append(root)
