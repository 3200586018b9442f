"""Loops and branches."""

from __future__ import annotations

from dataclasses import dataclass

from ..syntax import Value, op
from .building import Builder, Production
from .scalars import compare, real_step

__all__ = ["PRODUCTIONS", "Trips", "carried", "trips"]


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
    dynamic = [value for value in b.of_type("index") if 0 <= b.ranges.get(value.name, (-1, 0))[0] <= 5]
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


def carried(b: Builder) -> list[Value]:
    """What a loop starts with."""
    count = b.rng.choice([0, 1, 1, 2, 2, 3])
    return [b.a_real(0.25) for _ in range(count)]


def next_values(b: Builder, arguments: list[Value]) -> list[Value]:
    """What goes into the next round."""
    found = [real_step(b) if b.chance(0.6) else b.a_real(0.05) for _ in arguments]
    if len(arguments) > 1 and b.chance(0.3):
        found[: len(arguments)] = b.rng.sample(arguments, len(arguments))
        if b.chance(0.6):
            found[b.rng.randrange(len(found))] = real_step(b)
    return found


def show_results(b: Builder, results: list[Value]) -> None:
    """Put the results of a loop or branch in scope, but for some that stay unused."""
    for each in results:
        if len(results) == 1 or b.chance(0.7):
            b.frame.values.append(each)


def loop(b: Builder, affine: bool) -> None:
    bounds = trips(b, affine)
    starts = carried(b)
    position = b.value("index", "i")
    b.ranges[position.name] = (bounds.low, bounds.high)
    arguments = [b.value(each.type, "a") for each in starts]
    operands: list[Value] = []
    attributes: dict[str, object] = {}
    if affine:
        for word, given in (("lower", bounds.lower), ("upper", bounds.upper)):
            attributes[word] = given if isinstance(given, int) else None
            operands += [] if isinstance(given, int) else [given]
        attributes["step"] = bounds.step
    else:
        for given in (bounds.lower, bounds.upper, bounds.step):
            operands.append(b.index(given) if isinstance(given, int) else given)
    with b.block([position, *arguments], bounds.most) as frame:
        b.statements(b.rng.choice([1, 1, 2, 3]))
        yields = next_values(b, arguments)
    region = b.region(frame, [position, *arguments], yields)
    results = [b.value(each.type) for each in starts]
    kind = "affine.for" if affine else "scf.for"
    b.add(op(kind, [*operands, *starts], results, [region], **attributes), hidden=True)
    show_results(b, results)


def scf_for(b: Builder) -> None:
    loop(b, affine=False)


def branch(b: Builder) -> None:
    condition = compare(b)
    count = b.rng.choice([0, 1, 1, 2])
    with b.block() as then:
        b.statements(b.rng.choice([1, 1, 2]))
        first = [b.a_real(0.2) for _ in range(count)]
    with b.block() as otherwise:
        if count or b.chance(0.4):
            b.statements(b.rng.choice([0, 1, 2]))
        second = [b.a_real(0.2) for _ in range(count)]
    results = [b.value(b.real) for _ in range(count)]
    regions = [b.region(then, [], first), b.region(otherwise, [], second)]
    b.add(op("scf.if", [condition], results, regions), hidden=True)
    show_results(b, results)


PRODUCTIONS = (
    Production("scf.for", scf_for, 2.5, is_block=True),
    Production("scf.if", branch, 1.2, is_block=True),
)
