"""The kinds of derivatives that Enzyme is known to get wrong without a word, as data.

Each kind has a test that shows the wrong number (`tests/enzyme/hazards`); a release that mends one makes it fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from .._runtime.host import ir
from .prepare.activity import (
    LOADS,
    LOOPS,
    STORES,
    Activity,
    carries,
    live_values,
    memory_of,
    useful_values,
)
from .prepare.building import (
    body_of,
    index_value,
    is_float,
    last_of,
    operation_of,
    symbol_of,
)
from .prepare.derivatives import Derivative, symbol_in
from .prepare.mathematics import EXPANDED
from .prepare.results import order_of
from .prepare.still import CONSTANT

__all__ = ["HAZARD_KINDS", "HazardKind", "View"]

_IR: Any = ir
BOTH = ("forward", "reverse")
ALL = ("0.0.14", "0.0.15", "0.0.16")
CASTS = ("arith.bitcast", "llvm.bitcast")
DERIVATIVES = ("enzyme.autodiff", "enzyme.fwddiff")


@dataclass(frozen=True, slots=True)
class View:
    """A derivative and one of the functions behind it, as Enzyme is about to see them."""

    derivative: Derivative
    """The derivative."""
    function: Any
    """The function, or one that it calls."""
    activity: Activity
    """Which of its values take part."""
    operations: tuple[Any, ...]
    """All its operations."""
    release: str
    """The release of Enzyme; empty where it is not known."""


@dataclass(frozen=True, slots=True)
class HazardKind:
    """A kind of derivative that comes out wrong.

    Example: `HAZARD_KINDS["bits-of-a-number"].instead` says what to write.
    """

    name: str
    """What it is called."""
    wrong: str
    """What comes out, in a sentence."""
    instead: str
    """What to write."""
    find: Callable[[View], Iterable[Any]]
    """The operations because of which it is wrong."""
    mended: str = ""
    """How the preparation mends it; empty where it does not."""
    modes: tuple[str, ...] = BOTH
    """The modes in which it is wrong."""
    releases: tuple[str, ...] = ALL
    """The releases that get it wrong."""

    def __reduce__(self) -> tuple[Callable[[str], HazardKind], tuple[str]]:
        """In another process, a kind is that of its name."""
        return _named, (self.name,)

    def __repr__(self) -> str:
        return f"<HazardKind {self.name}: {self.wrong}>"


def _named(name: str) -> HazardKind:
    return HAZARD_KINDS[name]


def _find_bits(view: View) -> Iterator[Any]:
    for operation in view.operations:
        if operation.name in CASTS and CONSTANT not in operation.attributes:
            (result,) = operation.results
            if view.activity.has(operation.operands[0]) and not carries(result.type):
                yield operation


def _find_two_shadows(view: View) -> Iterator[Any]:
    derivative = view.derivative
    operands = derivative.operation.operands
    shadows: dict[Any, Any] = {}
    for position in range(len(derivative.activity)):
        at, shadow = derivative.operands_of(position)
        if not isinstance(operands[at].type, _IR.MemRefType):
            continue
        root = memory_of(operands[at])
        given = None if shadow is None else memory_of(operands[shadow])
        if root in shadows and shadows[root] != given:
            yield derivative.operation
        shadows.setdefault(root, given)


def _find_shadow_of_a_number(view: View) -> Iterator[Any]:
    derivative = view.derivative
    for position, word in enumerate(derivative.activity):
        at, _ = derivative.operands_of(position)
        if "dup" in word and carries(derivative.operation.operands[at].type):
            yield derivative.operation


def _find_globals(view: View) -> Iterator[Any]:
    top = view.function
    while top.parent is not None:
        top = top.parent.operation
    changing = {
        symbol_of(each.operation)
        for each in top.regions[0].blocks[0].operations
        if each.operation.name == "memref.global"
        and "constant" not in each.operation.attributes
    }
    for operation in view.operations:
        if operation.name != "memref.get_global":
            continue
        symbol = symbol_in(operation.attributes["name"])
        if symbol in changing and is_float(operation.results[0].type.element_type):
            yield operation


def _find_structured(view: View) -> Iterator[Any]:
    for operation in view.operations:
        if operation.name.startswith("linalg.") and any(
            isinstance(each.type, _IR.MemRefType) and view.activity.holds(each)
            for each in operation.operands
        ):
            yield operation


def _find_steps(view: View) -> Iterator[Any]:
    for operation in view.operations:
        if operation.name == "scf.for":
            if index_value(operation.operands[2]) != 1:
                yield operation
        elif operation.name == "affine.for":
            step = int(_IR.IntegerAttr(operation.attributes["step"]).value)
            lower = str(operation.attributes["lowerBoundMap"])
            if step != 1 or lower != "affine_map<() -> (0)>":
                yield operation


def _find_stores(view: View) -> Iterator[Any]:
    for operation in view.operations:
        if operation.name in STORES:
            value, memory = operation.operands[0], operation.operands[1]
            is_still = not view.activity.has(value)
            if is_float(value.type) and is_still and view.activity.holds(memory):
                yield operation
        elif operation.name == "linalg.fill":
            value, memory = operation.operands[0], operation.operands[1]
            if isinstance(memory.type, _IR.MemRefType) and not view.activity.has(value):
                yield operation


def _find_constant_memory(view: View) -> Iterator[Any]:
    block = body_of(view.function)
    constant = {
        argument
        for argument, word in zip(
            block.arguments, view.derivative.activity, strict=False
        )
        if "const" in word
    }
    for operation in view.operations:
        if operation.name not in STORES or not view.activity.has(operation.operands[0]):
            continue
        if memory_of(operation.operands[1]) in constant:
            yield operation


def _find_orders(view: View) -> Iterator[Any]:
    useful: set[Any] | None = None
    live: set[Any] | None = None
    for operation in view.operations:
        if operation.name in LOOPS and len(operation.results) > 1:
            useful = useful_values(view.function) if useful is None else useful
            live = live_values(view.function) if live is None else live
            order = order_of(operation, useful, view.activity)
            lost = [
                result
                for result in operation.results
                if view.activity.has(result)
                and result not in useful
                and carries(result.type)
                and result in live
            ]
            if order != sorted(order) or len(lost) > 1:
                yield operation


def _find_starts(view: View) -> Iterator[Any]:
    for operation in view.operations:
        if operation.name not in LOOPS:
            continue
        carried = list(body_of(operation).arguments)[1:]
        starts = list(operation.operands)[len(operation.operands) - len(carried) :]
        if any(
            view.activity.has(inside) and not view.activity.has(start)
            for inside, start in zip(carried, starts, strict=True)
        ):
            yield operation


def _find_yields(view: View) -> Iterator[Any]:
    for operation in view.operations:
        if operation.name not in LOOPS:
            continue
        block = body_of(operation)
        seen: set[Any] = set()
        for value in last_of(block).operands:
            source = operation_of(value)
            home = value.owner if source is None else source.block
            is_own = home == block and value not in seen
            if view.activity.has(value) and not is_own:
                yield operation
                break
            seen.add(value)


def _find_unneeded(view: View) -> Iterator[Any]:
    block = body_of(view.function)
    unneeded = {
        argument
        for argument, word in zip(
            block.arguments, view.derivative.activity, strict=False
        )
        if word == "enzyme_dupnoneed" and isinstance(argument.type, _IR.MemRefType)
    }
    stored = {
        memory_of(each.operands[1]) for each in view.operations if each.name in STORES
    }
    for operation in view.operations:
        if operation.name in LOADS:
            root = memory_of(operation.operands[0])
            if root in unneeded and root in stored:
                yield operation


def _find_nested(view: View) -> Iterator[Any]:
    for operation in view.operations:
        if operation.name in DERIVATIVES:
            yield operation


def _find_functions(view: View) -> Iterator[Any]:
    for operation in view.operations:
        row = EXPANDED.get(operation.name)
        if row is None or not row.fault:
            continue
        if row.applies(view.release, view.derivative.mode) and any(
            view.activity.has(each) for each in operation.operands
        ):
            yield operation


_ALL = (
    HazardKind(
        "bits-of-a-number",
        "the derivative stops where a number is taken for the integer of its bits, although the value goes on",
        "compute with the number itself, or give the function a derivative of its own",
        _find_bits,
    ),
    HazardKind(
        "two-shadows",
        "the same memory is passed twice with different shadows, between which its derivative is torn apart",
        "pass the memory once, or with the same shadow each time",
        _find_two_shadows,
    ),
    HazardKind(
        "shadow-of-a-number",
        "a number is passed as enzyme_dup, and its derivative goes into a shadow that nobody sees",
        "pass it as enzyme_active, and take the derivative as a result",
        _find_shadow_of_a_number,
        modes=("reverse",),
    ),
    HazardKind(
        "global-memory",
        "what passes through global memory loses its derivative",
        "pass the memory as an argument, with a shadow",
        _find_globals,
        mended="it becomes an argument with a cleared shadow, except in functions that call themselves",
        modes=("reverse",),
    ),
    HazardKind(
        "structured-operation",
        "a structured operation on memory is passed over, and its derivative left out",
        "write loops, or use a host that has the pass convert-linalg-to-loops",
        _find_structured,
        mended="it becomes loops",
        modes=("reverse",),
    ),
    HazardKind(
        "steps-of-a-loop",
        "the loop is run backwards as if its step were 1 and, with affine.for, its lower bound 0",
        "count from 0 in steps of 1, and compute the index",
        _find_steps,
        mended="the loop counts from 0 in steps of 1",
        modes=("reverse",),
    ),
    HazardKind(
        "store-without-derivative",
        "the derivative of what was in memory before stays there",
        "store a value that depends on what is differentiated",
        _find_stores,
        mended="the value gets an active zero added",
        releases=("0.0.16",),
    ),
    HazardKind(
        "constant-memory",
        "what is stored in memory that is passed as constant loses its derivative",
        "pass the memory with a shadow",
        _find_constant_memory,
        mended="the memory gets a cleared shadow",
        modes=("reverse",),
    ),
    HazardKind(
        "order-of-results",
        "the derivative of one result of the loop is taken for that of another one",
        "put the results first that are used and differentiated",
        _find_orders,
        mended="the results are put in that order",
        modes=("forward",),
    ),
    HazardKind(
        "start-without-derivative",
        "the derivative of one value that the loop carries is taken for that of another one",
        "start with a value that depends on what is differentiated",
        _find_starts,
        mended="the value gets an active zero added",
        modes=("reverse",),
    ),
    HazardKind(
        "yield-from-outside",
        "the loop yields a value that it has not made, whose derivative is cleared in every turn",
        "yield a value that is computed in the loop",
        _find_yields,
        mended="the loop yields an equal value of its own",
        modes=("reverse",),
    ),
    HazardKind(
        "memory-not-needed",
        "memory is passed as enzyme_dupnoneed, and what is stored there is not there when it is loaded",
        "pass it as enzyme_dup",
        _find_unneeded,
        mended="it is passed as enzyme_dup",
        releases=("0.0.16",),
    ),
    HazardKind(
        "derivative-of-a-derivative",
        "both derivatives are taken at once, and of a loop the outer one is lost",
        "expand the inner one first",
        _find_nested,
        mended="derivatives are expanded from the inside outwards, each prepared",
        modes=("forward",),
    ),
    HazardKind(
        "function-of-numbers",
        "the derivative of the function is wrong for some numbers",
        "see docs/derivatives.md for which",
        _find_functions,
        mended="the function keeps its value and gets a derivative of its own",
    ),
)

HAZARD_KINDS: Mapping[str, HazardKind] = MappingProxyType(
    {kind.name: kind for kind in _ALL}
)
"""The kinds by name."""
