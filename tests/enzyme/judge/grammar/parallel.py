"""`scf.parallel`, with stores and with reductions."""

from __future__ import annotations

from ..syntax import Value, op
from .building import Builder, Production, Skip
from .memory import load, store

__all__ = ["PRODUCTIONS"]


def parallel(b: Builder) -> None:
    """Iterations that may run at the same time; each writes an element of its own, or is a part of a sum."""
    reductions = tuple(b.rng.choice(["addf", "addf", "mulf", "maximumf"]) for _ in range(b.rng.choice([0, 1, 1, 2])))
    written = [] if reductions and b.chance(0.6) else [b.a_memory(writable=True)]
    sizes = b.sizes(written[0]) if written else (b.rng.choice([1, 2, 3, 4]),)
    if not sizes or b.is_parallel:
        raise Skip
    starts = [b.a_real(0.4) for _ in reductions]
    positions = [b.value("index", "i") for _ in sizes]
    bounds: list[list[Value]] = [[], [], []]
    work = 1
    for size, position in zip(sizes, positions, strict=True):
        lower, step = (0, 1) if b.chance(0.6) else (b.rng.randrange(size), b.rng.choice([1, 2]))
        trips = range(lower, size, step)
        work *= len(trips)
        b.ranges[position.name] = (lower, trips[-1])
        for part, number in zip(bounds, (lower, size, step), strict=True):
            part.append(b.index(number))
    with b.block(positions, work, parallel=True) as frame:
        b.read_only |= {value.name for value in b.visible()} | set(b.bases.values())
        b.closed |= {value.name for value in written} | {b.bases.get(value.name, value.name) for value in written}
        if written and b.chance(0.5):
            old = b.value(b.real)
            b.add(op("memref.load", (*written, *positions), (old,)))
        b.statements(b.rng.choice([1, 1, 2]))
        if written:
            store(b, b.a_real(0.15), written[0], tuple(positions))
        yields = [b.a_real(0.0) for _ in reductions]
    results = [b.value(b.real) for _ in reductions]
    operands = [value for part in bounds for value in part] + starts
    region = b.region(frame, positions, yields)
    b.add(op("scf.parallel", operands, results, [region], rank=len(sizes), reductions=reductions))
    if written and b.chance(0.5):
        load(b, written[0])


PRODUCTIONS = (Production("scf.parallel", parallel, 0.9, is_block=True),)
