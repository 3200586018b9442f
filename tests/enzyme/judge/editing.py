"""Programs with something changed: an operation less, a value in another's place, an argument less."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from .modes import Batch, Builder, Forward, Mode, Primal, Reverse, signature
from .syntax import Function, Op, Program, Region, Value, walk

__all__ = [
    "called",
    "count",
    "edit",
    "inlined",
    "is_closed",
    "remaining",
    "substitute",
    "uses",
    "without_argument",
    "without_result",
]

Edit = Callable[[Op], Sequence[Op]]


def count(program: Program) -> int:
    """How many operations a program has."""
    return sum(1 for function in program.functions for _ in walk(function.block.body))


def edit(program: Program, number: int, change: Edit, renamed: Mapping[str, Value] | None = None) -> Program:
    """The program with others in the place of one operation.

    Args:
        program: The program.
        number: Which operation, in the order of `walk`, over all functions.
        change: Gives what stands in its place.
        renamed: Values in the place of others, by name, in the function that holds it.
    """
    left = number
    functions: list[Function] = []

    def visit(region: Region) -> Region:
        nonlocal left
        body: list[Op] = []
        for each in region.body:
            if left == 0:
                left -= 1
                body += change(each)
                continue
            left -= 1
            body.append(replace(each, regions=tuple(map(visit, each.regions))) if each.regions else each)
        return replace(region, body=tuple(body))

    for function in program.functions:
        before = left
        block = visit(function.block)
        if before >= 0 > left and renamed:
            block = substitute(block, renamed)
        functions.append(replace(function, block=block))
    return replace(program, functions=tuple(functions))


def substitute(region: Region, renamed: Mapping[str, Value]) -> Region:
    """A block that uses other values."""

    def new(values: tuple[Value, ...]) -> tuple[Value, ...]:
        found = []
        for value in values:
            for _ in range(20):  # a value in another's place may have been replaced itself
                if value.name not in renamed:
                    break
                value = renamed[value.name]
            found.append(value)
        return tuple(found)

    body = tuple(
        replace(each, operands=new(each.operands), regions=tuple(substitute(inner, renamed) for inner in each.regions))
        for each in region.body
    )
    return replace(region, body=body, yields=new(region.yields))


def uses(region: Region) -> set[str]:
    """The names of all values that are used in a block."""
    found = {value.name for value in region.yields}
    for each in region.body:
        found.update(value.name for value in each.operands)
        for inner in each.regions:
            found |= uses(inner)
    return found


def is_closed(program: Program) -> bool:
    """Whether every value that is used is defined before."""

    def check(region: Region, known: frozenset[str]) -> bool:
        known |= {value.name for value in region.arguments}
        for each in region.body:
            if not all(value.name in known for value in each.operands):
                return False
            if not all(check(inner, known) for inner in each.regions):
                return False
            known |= {value.name for value in each.results}
        return all(value.name in known for value in region.yields)

    return all(check(function.block, frozenset()) for function in program.functions)


def inlined(program: Program, number: int, call: Op) -> Program | None:
    """The program with the body of a function in the place of a call of it."""
    callee = next(function for function in program.functions if function.name == call.get("callee"))
    if any(each.get("callee") == callee.name for each in walk(callee.block.body)):
        return None
    block = _renamed(callee.block, f"_{number}")
    arguments = {a.name: b for a, b in zip(block.arguments, call.operands, strict=True)}
    block = substitute(block, arguments)
    results = {a.name: b for a, b in zip(call.results, block.yields, strict=True)}
    return edit(program, number, lambda _: block.body, results)


def _renamed(region: Region, suffix: str) -> Region:
    """A block whose own values have other names."""

    def new(values: tuple[Value, ...]) -> tuple[Value, ...]:
        return tuple(Value(value.name + suffix, value.type) for value in values)

    body = tuple(
        replace(
            each,
            operands=new(each.operands),
            results=new(each.results),
            regions=tuple(_renamed(inner, suffix) for inner in each.regions),
        )
        for each in region.body
    )
    return Region(new(region.arguments), body, new(region.yields))


def remaining(program: Program) -> Program:
    """The program without what nobody uses: operations that do nothing else, functions, globals."""
    functions = tuple(replace(function, block=_swept(function.block)) for function in program.functions)
    return called(replace(program, functions=functions))


def called(program: Program) -> Program:
    """The program without the functions that nobody calls and the globals that nobody gets."""
    names = {program.entry.name}
    for function in reversed(program.functions):  # a function stands in front of those that call it
        if function.name in names:
            names |= {each.get("callee") for each in walk(function.block.body) if each.kind == "func.call"}
    functions = tuple(function for function in program.functions if function.name in names)
    gotten = {each.get("name") for function in functions for each in walk(function.block.body)}
    return replace(program, functions=functions, globals=tuple(g for g in program.globals if g.name in gotten))


_PURE = ("arith.", "math.", "constant", "tensor.", "memref.get_global", "memref.subview", "memref.dim")


def _swept(block: Region) -> Region:
    while True:
        found = uses(block)

        def kept(region: Region, found: set[str] = found) -> Region:
            return replace(
                region,
                body=tuple(
                    replace(each, regions=tuple(map(kept, each.regions)))
                    for each in region.body
                    if not each.kind.startswith(_PURE) or any(value.name in found for value in each.results)
                ),
            )

        swept = kept(block)
        if swept == block:
            return block
        block = swept


def without_argument(program: Program, mode: Mode, position: int) -> tuple[Program, Mode] | None:
    """The program and the mode without an argument of the entry that is not used."""
    entry = program.entry
    if entry.block.arguments[position].name in uses(entry.block):
        return None
    block = replace(entry.block, arguments=_less(entry.block.arguments, position))
    functions = (*program.functions[:-1], replace(entry, block=block))
    fewer = replace(program, functions=functions, domains=_less(program.domains, position))
    return fewer, _refitted(mode, program, fewer, lambda name: name)


def without_result(program: Program, mode: Mode, position: int) -> tuple[Program, Mode] | None:
    """The program and the mode without a result of the entry."""
    entry = program.entry
    block = replace(entry.block, yields=_less(entry.block.yields, position))
    fewer = replace(program, functions=(*program.functions[:-1], replace(entry, block=block)))

    def before(name: str) -> str:
        """The name that a port had: results are numbered."""
        number, mark, rest = name.removeprefix("r").partition("_")
        if name.startswith("r") and number.isdigit():
            return f"r{int(number) + (int(number) >= position)}{mark}{rest}"
        return name

    return fewer, _refitted(mode, program, fewer, before)


T = TypeVar("T")


def _less(items: tuple[T, ...], position: int) -> tuple[T, ...]:
    return items[:position] + items[position + 1 :]


def _refitted(mode: Mode, old: Program, new: Program, before: Callable[[str], str]) -> Mode:
    """The mode for a program that has less: each argument and result keeps its activity."""
    if isinstance(mode, Primal):
        return mode
    if isinstance(mode, Builder):
        builds = _refitted(mode.builds, old, new, before)
        assert isinstance(builds, Reverse | Forward)
        names = [value.name for value in new.entry.block.arguments]
        values = [old.entry.block.arguments[index].name for index in mode.order]
        return replace(mode, builds=builds, order=tuple(names.index(name) for name in values if name in names))
    inner = _refitted(mode.of, old, new, before)
    if isinstance(mode, Batch):
        return replace(mode, of=inner)
    was, now = signature(mode.of, old), signature(inner, new)
    taken = {port.value.name: word for port, word in zip(was.arguments, mode.activity, strict=True)}
    given = {port.value.name: word for port, word in zip(was.results, mode.returns, strict=True)}
    return replace(
        mode,
        of=inner,
        activity=tuple(taken[before(port.value.name)] for port in now.arguments),
        returns=tuple(given[before(port.value.name)] for port in now.results),
    )
