"""The smallest case with the same verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from .editing import called, count, edit, inlined, is_closed, remaining, without_argument, without_result
from .judging import Settings, module_text
from .modes import Batch, Builder, Forward, Mode, Primal, Reverse, layers, signature
from .programs import Case, expected
from .running import Verdict, run_cases
from .scalars import Unfit
from .syntax import Function, Op, Program, Region, Value, is_float, op, walk

__all__ = ["shrink", "smaller_cases"]

ROUND = 12
"""Cases that are tried at a time."""

Judge = Callable[[Sequence[Case]], list[Verdict]]


Drop = Callable[[Program, Mode, int], tuple[Program, Mode] | None]
"""Takes an argument or a result away."""


def judge_all(settings: Settings, jobs: int) -> Judge:
    """Judges cases in child processes."""

    def run(cases: Sequence[Case]) -> list[Verdict]:
        found = dict(run_cases([lambda case=case: case for case in cases], settings, jobs))
        return [found[position] for position in range(len(cases))]

    return run


def shrink(verdict: Verdict, judge: Judge, rounds: int = 60) -> Verdict:
    """The smallest case that is found with an outcome of the same kind."""
    best = verdict
    for _ in range(rounds):
        for tried in _rounds(best):
            same = [each for each in judge(tried) if each.outcome.kind == verdict.outcome.kind]
            if same:
                best = min(same, key=lambda each: cost(each.case))
                break
        else:
            return best
    return best


def _rounds(verdict: Verdict) -> Iterator[list[Case]]:
    """Smaller cases whose derivatives exist, some at a time."""
    assert verdict.case is not None
    case = verdict.case
    size = cost(case)
    found = (each for each in smaller_cases(case) if _is_smaller(each, size))
    while tried := list(islice(found, ROUND)):
        yield tried


def _is_smaller(case: Case, size: tuple[int, int, float]) -> bool:
    """Whether a case is smaller, and one at all: what was left out may have been needed."""
    try:
        if cost(case) >= size or not is_closed(case.program):
            return False
        expected(case)
    except (Unfit, KeyError, ValueError, IndexError, StopIteration, AssertionError, AttributeError, TypeError):
        return False
    return True


def cost(case: Case | None) -> tuple[int, int, float]:
    """What is to be made small: operations, then text, then constants."""
    assert case is not None
    constants = [
        abs(number)
        for function in case.program.functions
        for each in walk(function.block.body)
        if each.kind == "constant"
        for number in _numbers(each.get("value"))
    ]
    wide = sum(10 * (getattr(layer, "width", 1) - 1) for layer in layers(case.mode))
    return count(case.program) + 3 * len(list(layers(case.mode))), len(module_text(case)) + wide, sum(constants)


def _numbers(value: object) -> list[float]:
    if isinstance(value, tuple):
        return [number for part in value for number in _numbers(part)]
    return [float(value)]  # type: ignore[arg-type]


def smaller_cases(case: Case) -> Iterator[Case]:
    """Cases with something less, the largest steps first; not all are valid."""
    for mode in simpler_modes(case.mode, case.program):
        yield replace(case, mode=mode)
    for drop, items in ((without_result, _block(case).yields), (without_argument, _block(case).arguments)):
        for position in range(len(items)):
            less = _attempt(drop, case, position)
            if less is not None:
                yield replace(case, program=remaining(less[0]), mode=less[1])
    for program in smaller_programs(case.program):
        swept = remaining(program)
        yield replace(case, program=swept)
        if swept != (plain := called(program)):
            yield replace(case, program=plain)


def _block(case: Case) -> Region:
    return case.program.entry.block


def _attempt(drop: Drop, case: Case, position: int) -> tuple[Program, Mode] | None:
    try:
        return drop(case.program, case.mode, position)
    except KeyError:  # a mode that was cut does not know an argument
        return None


def simpler_modes(mode: Mode, program: Program) -> Iterator[Mode]:
    """Modes with a layer less, of width 1, without `noneed`, without constants."""
    if isinstance(mode, Builder):
        yield mode.builds
    if isinstance(mode, Builder | Primal):
        return
    if not isinstance(mode.of, Primal):
        yield mode.of
        for inner in simpler_modes(mode.of, program):
            if _fits(mode, inner, program):
                yield replace(mode, of=inner)
    if isinstance(mode, Batch):
        return
    primal = signature(Primal(), program)
    if not isinstance(mode.of, Primal):
        short = len(primal.arguments)
        yield replace(mode, of=Primal(), activity=mode.activity[:short], returns=mode.returns[: len(primal.results)])
    if mode.width > 1:
        yield replace(mode, width=1)
    if isinstance(mode, Reverse) and mode.unit_seed:
        yield replace(mode, unit_seed=False)
    plain = replace(
        mode,
        activity=tuple(word.removesuffix("noneed") for word in mode.activity),
        returns=tuple(word.removesuffix("noneed") for word in mode.returns),
    )
    if plain != mode:
        yield plain
        for position, word in enumerate(mode.activity):
            if word.endswith("noneed"):
                words = (*mode.activity[:position], word.removesuffix("noneed"), *mode.activity[position + 1 :])
                yield replace(mode, activity=words)


def _fits(outer: Mode, inner: Mode, program: Program) -> bool:
    """Whether the activities of a mode have the right number for another mode inside."""
    if not isinstance(outer, Reverse | Forward):
        return True
    shape = signature(inner, program)
    return len(shape.arguments) == len(outer.activity) and len(shape.results) == len(outer.returns)


def smaller_programs(program: Program) -> Iterator[Program]:
    """Programs with an operation less, a block less, a carried value less, a trip less."""
    places = [each for function in program.functions for each in walk(function.block.body)]
    for number in range(len(places) - 1, -1, -1):
        yield from _removed(program, number, places[number])
    for number, each in enumerate(places):
        yield from _unwrapped(program, number, each)
        if each.kind == "func.call" and (plain := inlined(program, number, each)) is not None:
            yield plain
        yield from _fewer_carried(program, number, each)
        yield from _plainer_yields(program, number, each)
        yield from _plainer_constant(program, number, each)
    for number, function in enumerate(program.functions):
        for position, value in enumerate(function.block.yields):
            for other in (*function.block.arguments, *_made(function)):
                if other.type == value.type and other != value:
                    yields = (*function.block.yields[:position], other, *function.block.yields[position + 1 :])
                    block = replace(function.block, yields=yields)
                    functions = list(program.functions)
                    functions[number] = replace(function, block=block)
                    yield replace(program, functions=tuple(functions))


def _made(function: Function) -> Iterator[Value]:
    for each in function.block.body:
        yield from each.results


def _removed(program: Program, number: int, each: Op) -> Iterator[Program]:
    """Without an operation; in the place of its results stand operands, or constants."""
    renamed: dict[str, Value] = {}
    added: list[Op] = []
    starts = each.operands[len(each.operands) - len(each.results) :] if each.regions else each.operands
    for position, result in enumerate(each.results):
        same = [value for value in starts if value.type == result.type]
        if each.regions and len(starts) == len(each.results):
            same = [starts[position]] if starts[position].type == result.type else same
        if same:
            renamed[result.name] = same[0]
        elif result.type in ("f64", "f32", "index", "i1", "i32", "i64") and each.kind != "constant":
            value = Value(f"{result.name}s", result.type)
            added.append(op("constant", (), (value,), value=1.0 if is_float(result.type) else 0))
            renamed[result.name] = value
    for subset in ({}, renamed) if each.results else ({},):
        yield edit(program, number, lambda _, subset=subset: added if subset else [], subset)
    others = [value for value in each.operands if each.results and value.type == each.results[0].type]
    if len(each.results) == 1 and len(others) > 1:
        yield edit(program, number, lambda _: [], {each.results[0].name: others[1]})


def _unwrapped(program: Program, number: int, each: Op) -> Iterator[Program]:
    """What is in a block, once, without the block."""
    if each.kind in ("scf.if", "affine.if"):
        for region in each.regions:
            if len(region.yields) == len(each.results):
                renamed = _pairs(each.results, region.yields)
                yield edit(program, number, lambda _, region=region: region.body, renamed)
    if each.kind in ("scf.for", "affine.for", "scf.parallel", "affine.parallel"):
        (region,) = each.regions
        position = region.arguments[0]
        start = op("constant", (), (position,), value=0)
        carried = region.arguments[1:] if each.kind in ("scf.for", "affine.for") else ()
        starts = each.operands[len(each.operands) - len(carried) :] if carried else ()
        renamed = {**_pairs(carried, starts), **_pairs(each.results, region.yields)}
        yield edit(program, number, lambda _: [start, *region.body], renamed)


def _pairs(old: Iterable[Value], new: Iterable[Value]) -> dict[str, Value]:
    return {a.name: b for a, b in zip(old, new, strict=True)}


def _fewer_carried(program: Program, number: int, each: Op) -> Iterator[Program]:
    """A loop or branch with a result less, in whose place stands what it started with."""
    if each.kind not in ("scf.for", "affine.for", "scf.if"):
        return
    loops = each.kind != "scf.if"
    first = len(each.operands) - len(each.results)
    for position, result in enumerate(each.results):

        def less(values: tuple[Value, ...], at: int) -> tuple[Value, ...]:
            return values[:at] + values[at + 1 :]

        regions = tuple(
            replace(
                region,
                arguments=less(region.arguments, position + 1) if loops else region.arguments,
                yields=less(region.yields, position),
            )
            for region in each.regions
        )
        renamed: dict[str, Value] = {}
        if loops:
            start = each.operands[first + position]
            renamed = {result.name: start, each.regions[0].arguments[position + 1].name: start}
        fewer = replace(
            each,
            operands=less(each.operands, first + position) if loops else each.operands,
            results=less(each.results, position),
            regions=regions,
        )
        yield edit(program, number, lambda _, fewer=fewer: [fewer], renamed)


def _plainer_yields(program: Program, number: int, each: Op) -> Iterator[Program]:
    """A loop that hands on what it got."""
    for at, region in enumerate(each.regions):
        for position, value in enumerate(region.yields):
            for other in (*region.arguments, *each.operands):
                if other.type == value.type and other != value and value not in region.arguments:
                    yields = (*region.yields[:position], other, *region.yields[position + 1 :])
                    regions = list(each.regions)
                    regions[at] = replace(region, yields=yields)
                    changed = replace(each, regions=tuple(regions))
                    yield edit(program, number, lambda _, changed=changed: [changed])


def _plainer_constant(program: Program, number: int, each: Op) -> Iterator[Program]:
    """A smaller constant, or bound."""
    if each.kind == "constant" and not isinstance(each.get("value"), tuple):
        value = each.get("value")
        for smaller in (0, 1, 2, value - 1) if isinstance(value, int) else (0.0, 1.0, 2.0):
            if abs(smaller) < abs(value) or len(str(smaller)) < len(str(value)):
                yield edit(program, number, lambda _, smaller=smaller: [each.set("value", smaller)])
    for name in ("lower", "upper", "step"):
        bound = each.get(name)
        if isinstance(bound, int) and bound > (name == "step"):
            yield edit(program, number, lambda _, name=name, bound=bound: [each.set(name, bound - 1)])
