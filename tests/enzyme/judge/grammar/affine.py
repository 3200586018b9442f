"""The affine dialect: loops, branches, and accesses at affine places."""

from __future__ import annotations

from ..syntax import Value, op
from .building import Builder, Production, Skip
from .control import branches, loop

__all__ = ["PRODUCTIONS", "affine_load", "affine_store"]


def affine_for(b: Builder) -> None:
    loop(b, affine=True)


def affine_if(b: Builder) -> None:
    found = [value for value in b.of_type("index") if value.name in b.affine and value.name in b.ranges]
    chosen = b.pick(found)
    low, high = b.ranges[chosen.name]
    factor = b.rng.choice([1, 1, -1])
    condition = (factor, -factor * b.rng.randint(low, max(low, high)), b.chance(0.25))
    branches(b, "affine.if", chosen, condition=condition)


def _place(b: Builder, memory: Value) -> tuple[list[Value], tuple[tuple[int, int], ...]]:
    """Indices with a factor and an offset for each dimension."""
    indices: list[Value] = []
    parts: list[tuple[int, int]] = []
    for size in b.sizes(memory):
        found = [
            (value, factor, offset)
            for value in b.of_type("index")
            if value.name in b.affine and value.name in b.ranges
            for factor in (1, 2, -1)
            for offset in range(size)
            if all(0 <= factor * end + offset < size for end in b.ranges[value.name])
        ]
        if found and b.chance(0.8):
            value, factor, offset = b.rng.choice(found)
            indices.append(value)
            parts.append((factor, offset))
        else:
            parts.append((0, b.rng.randrange(size)))
    return indices, tuple(parts)


def affine_load(b: Builder, memory: Value) -> Value:
    indices, parts = _place(b, memory)
    result = b.value(b.real)
    b.add(op("affine.load", (memory, *indices), (result,), affine=parts))
    return result


def affine_store(b: Builder, value: Value, memory: Value) -> None:
    indices, parts = _place(b, memory)
    b.add(op("affine.store", (value, memory, *indices), affine=parts))


def loads(b: Builder) -> None:
    affine_load(b, b.a_memory())


def stores(b: Builder) -> None:
    memory = b.a_memory(writable=True)
    value = b.a_real(0.25)
    affine_store(b, value, memory)


def affine_parallel(b: Builder) -> None:
    """Iterations that may run at the same time; each writes an element of its own, or is a part of a sum."""
    reductions = tuple(b.rng.choice(["addf", "addf", "mulf", "maximumf"]) for _ in range(b.rng.choice([0, 1, 1])))
    written = [] if reductions and b.chance(0.6) else [b.a_memory(writable=True)]
    sizes = b.sizes(written[0]) if written else (b.rng.choice([1, 2, 3, 4]),)
    if not sizes or b.is_parallel:
        raise Skip
    axes = tuple(_axis(b, size) for size in sizes)
    positions = [b.value("index", "i") for _ in axes]
    work = 1
    for axis, position in zip(axes, positions, strict=True):
        trips = range(*axis)
        work *= len(trips)
        b.ranges[position.name] = (axis[0], trips[-1] if trips else axis[0])
        b.affine.add(position.name)
    with b.block(positions, work, parallel=True) as frame:
        b.read_only |= {value.name for value in b.visible()} | set(b.bases.values())
        b.closed |= {value.name for value in written} | {b.bases.get(value.name, value.name) for value in written}
        whole = tuple((1, 0) for _ in positions)
        if written and b.chance(0.5):
            old = b.value(b.real)
            b.add(op("affine.load", (*written, *positions), (old,), affine=whole))
        b.statements(b.rng.choice([1, 1, 2]))
        if written:
            b.add(op("affine.store", (b.a_real(0.15), *written, *positions), affine=whole))
        yields = [b.a_real(0.0) for _ in reductions]
    results = [b.value(b.real) for _ in reductions]
    b.add(op("affine.parallel", (), results, [b.region(frame, positions, yields)], axes=axes, reductions=reductions))


def _axis(b: Builder, size: int) -> tuple[int, int, int]:
    if b.chance(0.6):
        return 0, size, 1
    return b.rng.randrange(size), size, b.rng.choice([1, 1, 2])


PRODUCTIONS = (
    Production("affine.for", affine_for, 1.6, is_block=True),
    Production("affine.if", affine_if, 0.5, is_block=True),
    Production("affine.load", loads, 1.2),
    Production("affine.store", stores, 1.0),
    Production("affine.parallel", affine_parallel, 0.5, is_block=True),
)
