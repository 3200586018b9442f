"""Loops and branches."""

from __future__ import annotations

from dataclasses import dataclass

from ..syntax import Shaped, Type, Value, is_float, is_memory, is_tensor, op
from .building import Builder, Production, Skip
from .memory import new_buffer
from .scalars import compare, real_step

__all__ = ["PRODUCTIONS", "branches", "loop", "trips"]


@dataclass(frozen=True, slots=True)
class Trips:
    """The bounds of a loop, with what is known of its position."""

    lower: int | Value
    upper: int | Value
    step: int | Value
    low: int
    high: int
    most: int


def trips(b: Builder, affine: bool = False) -> Trips:
    """How often a loop goes round, and how it counts."""
    lower = b.rng.choice([0, 0, 0, 1, 2])
    step = b.rng.choice([1, 1, 1, 2, 3])
    count = b.rng.choice([0, 1, 2, 2, 3, 3, 4, 5])
    dynamic = [
        value
        for value in b.of_type("index")
        if b.ranges.get(value.name, (-1, 0))[0] >= 0 and b.ranges[value.name][1] <= 6
        if not affine or value.name in b.affine
    ]
    if dynamic and b.chance(0.45):
        chosen = b.pick(dynamic)
        low, high = b.ranges[chosen.name]
        is_position = chosen.name.startswith("i")
        if b.chance(0.3) and low < 3:
            upper = high + b.rng.randrange(0, 3)
            return Trips(chosen, upper, step, low, max(low, upper - 1), max(0, upper - low))
        if not affine and not is_position and low >= 1 and b.chance(0.3):
            return Trips(lower, lower + count, chosen, lower, lower + max(0, count - 1), count)
        return Trips(lower, chosen, step, lower, max(lower, high - 1), max(0, high - lower))
    last = lower + max(0, count - 1) * step
    upper = lower if not count else last + 1 + b.rng.randrange(step)
    return Trips(lower, upper, step, lower, last, count)


def carried(b: Builder, memory: bool = True) -> list[Value]:
    """What a loop starts with."""
    count = b.rng.choice([0, 1, 1, 2, 2, 3])
    starts = [b.a_real(0.25) for _ in range(count)]
    enabled = b.module.enabled
    if "tensors in a loop" in enabled and b.chance(0.5):
        found = [value for value in b.visible() if is_tensor(value.type) and is_float(value.type)]
        if found:
            first = b.pick(found)
            starts.insert(b.rng.randrange(len(starts) + 1), first)
            if b.chance(0.5):
                starts.insert(b.rng.randrange(len(starts) + 1), b.pick(b.of_type(first.type)))
    if "carried integer" in enabled and b.chance(0.3):
        starts.insert(b.rng.randrange(len(starts) + 1), b.index(b.rng.randrange(2)))
    if memory and "memory carried by a loop" in enabled and b.chance(0.35):
        starts += _two_buffers(b)
    return starts


def _two_buffers(b: Builder) -> list[Value]:
    """Two buffers of a type, which take turns."""
    one = b.a_memory(writable=True)
    if one.name in b.freed:
        return []
    others = [
        value
        for value in b.of_type(one.type)
        if not b.same_memory(value, one) and b.may_touch(value, writable=True) and value.name not in b.freed
    ]
    if others:
        return [one, b.pick(others)]
    return [one, new_buffer(b, "memref.alloc", b.sizes(one))] if _is_plain(one) else []


def _is_plain(memory: Value) -> bool:
    return isinstance(memory.type, Shaped) and not memory.type.layout and None not in memory.type.shape


def next_values(b: Builder, arguments: list[Value]) -> list[Value]:
    """What goes into the next round."""
    found = [_next(b, each) for each in arguments]
    reals = [position for position, each in enumerate(arguments) if each.type == b.real]
    if len(reals) > 1 and b.chance(0.3):
        for position, other in zip(reals, b.rng.sample(reals, len(reals)), strict=True):
            found[position] = arguments[other]
        if b.chance(0.6):
            found[b.rng.choice(reals)] = real_step(b)
    buffers = [position for position, each in enumerate(arguments) if is_memory(each.type)]
    if buffers and b.chance(0.8):
        for position, other in zip(buffers, reversed(buffers), strict=True):
            found[position] = arguments[other]
    return found


def _next(b: Builder, argument: Value) -> Value:
    if argument.type == b.real:
        return real_step(b) if b.chance(0.6) else b.a_real(0.05)
    if argument.type == "index":
        return b.emit("arith.addi", (argument, b.index(1)), "index")
    if is_memory(argument.type):
        return argument
    same = b.of_type(argument.type)
    if b.chance(0.4):
        return b.pick(same)
    return b.emit(b.rng.choice(["arith.addf", "arith.mulf"]), (argument, b.pick(same)), argument.type)


def show_results(b: Builder, results: list[Value], starts: list[Value]) -> None:
    """Put the results of a loop or branch in scope, but for some that stay unused."""
    for each in results:
        if is_memory(each.type):
            b.bases[each.name] = "several"
            b.closed.update(value.name for value in starts if is_memory(value.type))
        if len(results) == 1 or b.chance(0.7):
            b.frame.values.append(each)


def enter_carried(b: Builder, arguments: list[Value], starts: list[Value]) -> None:
    """Inside a loop, what is carried stands for what it started with."""
    for argument, start in zip(arguments, starts, strict=True):
        if is_memory(argument.type):
            b.closed.add(start.name)
        if argument.type == "index":
            b.ranges[argument.name] = (0, 12)


def loop(b: Builder, affine: bool) -> None:
    bounds = trips(b, affine)
    starts = carried(b)
    position = b.value("index", "i")
    b.ranges[position.name] = (bounds.low, bounds.high)
    arguments = [b.value(each.type, "a") for each in starts]
    operands: list[Value] = []
    attributes: dict[str, object] = {}
    if affine:
        b.affine.add(position.name)
        for word, given in (("lower", bounds.lower), ("upper", bounds.upper)):
            attributes[word] = given if isinstance(given, int) else None
            operands += [] if isinstance(given, int) else [given]
        attributes["step"] = bounds.step
    else:
        for given in (bounds.lower, bounds.upper, bounds.step):
            operands.append(b.index(given) if isinstance(given, int) else given)
    with b.block([position, *arguments], bounds.most) as frame:
        enter_carried(b, arguments, starts)
        b.statements(b.rng.choice([1, 1, 2, 3]))
        yields = next_values(b, arguments)
    region = b.region(frame, [position, *arguments], yields)
    results = [b.value(each.type) for each in starts]
    kind = "affine.for" if affine else "scf.for"
    b.add(op(kind, [*operands, *starts], results, [region], **attributes), hidden=True)
    show_results(b, results, starts)


def scf_for(b: Builder) -> None:
    loop(b, affine=False)


def while_loop(b: Builder) -> None:
    """Counted, or as long as a number is large; what goes on may come in another order."""
    counted = b.chance(0.7)
    limit = b.rng.choice([0, 1, 2, 3, 4])
    starts = carried(b, memory=False)
    if counted:
        starts.insert(0, b.index(0))
    else:
        starts.insert(0, b.a_real(0.0))
    before = [b.value(each.type, "a") for each in starts]
    with b.block(before, limit + 1) as frame:
        enter_carried(b, before, starts)
        if b.chance(0.3):
            b.statements(1)
        if counted:
            condition = b.emit("arith.cmpi", (before[0], b.index(limit)), "i1", predicate="slt")
        else:
            square = b.emit("arith.mulf", (before[0], before[0]), b.real)
            condition = b.emit("arith.cmpf", (square, b.constant(0.05, b.real)), "i1", predicate="ogt")
        forwarded = list(before)
        reals = [position for position, each in enumerate(before) if position and each.type == b.real]
        if len(reals) > 1 and b.chance(0.2):
            for position, other in zip(reals, b.rng.sample(reals, len(reals)), strict=True):
                forwarded[position] = before[other]
    first = b.region(frame, before, [condition, *forwarded])
    after = [b.value(each.type, "a") for each in starts]
    with b.block(after, limit + 1) as frame:
        enter_carried(b, after, starts)
        if counted:
            b.ranges[after[0].name] = (0, max(0, limit - 1))
        b.statements(b.rng.choice([1, 1, 2]))
        if counted:
            step = b.emit("arith.addi", (after[0], b.index(1)), "index")
        else:
            step = b.emit("arith.mulf", (after[0], b.constant(b.rng.choice([0.5, 0.375, -0.5]), b.real)), b.real)
        yields = [step, *next_values(b, after[1:])]
    second = b.region(frame, after, yields)
    results = [b.value(each.type) for each in starts]
    b.add(op("scf.while", starts, results, [first, second]), hidden=True)
    show_results(b, results, starts)


def branch(b: Builder) -> None:
    branches(b, "scf.if", compare(b))


def branches(b: Builder, kind: str, by: Value, **attributes: object) -> None:
    """Two ways, with results or without."""
    types: list[Type] = [b.real] * b.rng.choice([0, 1, 1, 2])
    enabled = b.module.enabled
    if "tensors in a loop" in enabled and b.chance(0.4):
        found = [value.type for value in b.visible() if is_tensor(value.type) and is_float(value.type)]
        types += found[:1]
    with b.block() as then:
        b.statements(b.rng.choice([1, 1, 2]))
        first = [_one_of(b, type_) for type_ in types]
    with b.block() as otherwise:
        if types or b.chance(0.4):
            b.statements(b.rng.choice([0, 1, 2]))
        second = [_one_of(b, type_) for type_ in types]
    results = [b.value(type_) for type_ in types]
    regions = [b.region(then, [], first), b.region(otherwise, [], second)]
    b.add(op(kind, [by], results, regions, **attributes), hidden=True)
    show_results(b, results, [])


def _one_of(b: Builder, type_: Type) -> Value:
    return b.a_real(0.2) if type_ == b.real else b.pick(b.of_type(type_))


def nothing(b: Builder) -> None:
    raise Skip


PRODUCTIONS = (
    Production("scf.for", scf_for, 2.5, is_block=True),
    Production("scf.if", branch, 1.2, is_block=True),
    Production("scf.while", while_loop, 0.6, is_block=True),
    Production("tensors in a loop", nothing, 0.01),
    Production("carried integer", nothing, 0.01),
    Production("memory carried by a loop", nothing, 0.01),
)
"""The last ones make nothing by themselves; loops and branches do where they are enabled."""
