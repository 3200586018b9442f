"""Programs with something changed: an operation less, a value in another's place, an argument less."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from .modes import Batch, Builder, Forward, Mode, Primal, Reverse
from .syntax import Function, Op, Program, Region, Value, walk

__all__ = ["count", "edit", "remaining", "substitute", "uses", "without_argument", "without_result"]

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


def remaining(program: Program) -> Program:
    """The program without what nobody uses: operations that do nothing else, functions, globals."""
    functions = tuple(replace(function, block=_swept(function.block)) for function in program.functions)
    called = {each.get("callee") for function in functions for each in walk(function.block.body)}
    functions = tuple(function for function in functions[:-1] if function.name in called) + functions[-1:]
    named = {each.get("name") for function in functions for each in walk(function.block.body)}
    return replace(program, functions=functions, globals=tuple(each for each in program.globals if each.name in named))


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
    value = entry.block.arguments[position]
    if value.name in uses(entry.block):
        return None
    arguments = _less(entry.block.arguments, position)
    functions = (*program.functions[:-1], replace(entry, block=replace(entry.block, arguments=arguments)))
    fewer = replace(program, functions=functions, domains=_less(program.domains, position))
    plain = _innermost(mode, lambda each: replace(each, activity=_less(each.activity, position)))
    if isinstance(plain, Builder):
        order = tuple(index - (index > position) for index in plain.order if index != position)
        plain = replace(plain, order=order)
    return None if plain is None else (fewer, plain)


def without_result(program: Program, mode: Mode, position: int) -> tuple[Program, Mode] | None:
    """The program and the mode without a result of the entry."""
    entry = program.entry
    block = replace(entry.block, yields=_less(entry.block.yields, position))
    fewer = replace(program, functions=(*program.functions[:-1], replace(entry, block=block)))
    plain = _innermost(mode, lambda each: replace(each, returns=_less(each.returns, position)))
    return None if plain is None else (fewer, plain)


def _less(items: tuple, position: int) -> tuple:  # type: ignore[type-arg]
    return items[:position] + items[position + 1 :]


def _innermost(mode: Mode, change: Callable[[Reverse | Forward], Mode]) -> Mode | None:
    """The mode with its innermost derivative changed; None where another around it would have to change too."""
    if isinstance(mode, Builder):
        changed = change(mode.builds)
        assert isinstance(changed, Reverse | Forward)
        return replace(mode, builds=changed)
    if isinstance(mode, Batch):
        inner = _innermost(mode.of, change) if not isinstance(mode.of, Primal) else mode.of
        return None if inner is None else replace(mode, of=inner)
    if isinstance(mode, Primal) or not isinstance(mode.of, Primal):
        return None
    return change(mode)
