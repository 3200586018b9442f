"""Memory: loads, stores, buffers."""

from __future__ import annotations

from ..syntax import Shaped, Value, op
from .building import Builder, Production

__all__ = ["PRODUCTIONS", "load", "new_buffer", "store"]

SHAPES: tuple[tuple[int, ...], ...] = ((), (1,), (2,), (3,), (4,), (4,), (2, 2), (2, 3), (3, 1))


def load(b: Builder, memory: Value) -> Value:
    """An element."""
    result = b.value(b.real)
    b.add(op("memref.load", (memory, *b.place(memory)), (result,)))
    return result


def store(b: Builder, value: Value, memory: Value, place: tuple[Value, ...] | None = None) -> None:
    """Change an element."""
    b.add(op("memref.store", (value, memory, *(b.place(memory) if place is None else place))))


def loads(b: Builder) -> None:
    load(b, b.a_memory())


def stores(b: Builder) -> None:
    memory = b.a_memory(writable=True)
    store(b, b.a_real(0.0), memory)


def constant_store(b: Builder) -> None:
    memory = b.a_memory(writable=True)
    store(b, b.constant(b.number(), b.real), memory)


def accumulate(b: Builder) -> None:
    memory = b.a_memory(writable=True)
    place = b.place(memory)
    old = b.value(b.real)
    b.add(op("memref.load", (memory, *place), (old,)))
    kind = b.rng.choice(["arith.addf", "arith.addf", "arith.mulf"])
    store(b, b.emit(kind, (old, b.a_real()), b.real), memory, place)


def fill(b: Builder) -> None:
    memory = b.a_memory(writable=True)
    value = b.constant(b.number(), b.real) if b.chance(0.6) else b.a_real(0.0)
    b.add(op("linalg.fill", (value, memory)))


def initialise(b: Builder, memory: Value) -> None:
    """Write every element of a fresh buffer."""
    sizes = b.sizes(memory)
    elements = 1
    for size in sizes:
        elements *= size
    if b.chance(0.35):
        b.add(op("linalg.fill", (b.constant(b.number(), b.real) if b.chance(0.6) else b.a_real(0.0), memory)))
    elif elements <= 4 and b.chance(0.6):
        for number in range(elements):
            place: list[Value] = []
            rest = number
            for size in reversed(sizes):
                place.insert(0, b.index(rest % size))
                rest //= size
            store(b, b.a_real(0.35), memory, tuple(place))
    else:
        _initialise_in_loops(b, memory, list(sizes), [])


def _initialise_in_loops(b: Builder, memory: Value, sizes: list[int], place: list[Value]) -> None:
    if not sizes:
        value = b.a_real(0.35) if b.chance(0.6) else b.emit("arith.mulf", (b.a_real(), b.a_real()), b.real)
        store(b, value, memory, tuple(place))
        return
    position = b.value("index", "i")
    b.ranges[position.name] = (0, sizes[0] - 1)
    bounds = [b.index(0), b.index(sizes[0]), b.index(1)]
    with b.block([position], sizes[0]) as frame:
        b.closed.add(memory.name)
        _initialise_in_loops(b, memory, sizes[1:], [*place, position])
    b.add(op("scf.for", bounds, (), [b.region(frame, [position], [])]))


def new_buffer(b: Builder, kind: str, shape: tuple[int, ...] | None = None) -> Value:
    """Memory of the function's own, with something in it."""
    memory = b.value(Shaped("memref", b.rng.choice(SHAPES) if shape is None else shape, str(b.real)), "m")
    b.add(op(kind, (), (memory,)), hidden=True)
    initialise(b, memory)
    b.frame.values.append(memory)
    return memory


def alloc(b: Builder) -> None:
    new_buffer(b, "memref.alloc")


def alloca(b: Builder) -> None:
    new_buffer(b, "memref.alloca")


def sized(b: Builder) -> None:
    """A buffer whose type does not say its size."""
    size = b.rng.choice([3, 4])
    memory = b.value(Shaped("memref", (None,), str(b.real)), "m")
    b.add(op("memref.alloc", (b.index(size),), (memory,)), hidden=True)
    b.add(op("linalg.fill", (b.constant(b.number(), b.real) if b.chance(0.6) else b.a_real(0.0), memory)))
    b.frame.values.append(memory)
    stores(b)
    load(b, memory)


def computed(b: Builder) -> None:
    """An element at a place that a number says, as in an interpolation."""
    memory = b.a_memory(rank=1)
    (size,) = b.sizes(memory)
    scaled = b.emit("arith.mulf", (b.a_real(0.0), b.constant(2.0, b.real)), b.real)
    whole = b.emit("arith.fptosi", (scaled,), "i64")
    place = b.emit("arith.index_cast", (whole,), "index")
    place = b.emit("arith.maxsi", (place, b.index(0)), "index")
    place = b.known("arith.minsi", (place, b.index(size - 1)), 0, size - 1)
    if b.may_touch(memory, writable=True) and not b.is_parallel and b.chance(0.4):
        store(b, b.a_real(), memory, (place,))
    else:
        element = b.value(b.real)
        b.add(op("memref.load", (memory, place), (element,)))
        weight = b.emit("arith.subf", (scaled, b.emit("arith.sitofp", (whole,), b.real)), b.real)
        b.emit("arith.mulf", (element, weight), b.real)


PRODUCTIONS = (
    Production("load", loads, 2.5),
    Production("store", stores, 2.0),
    Production("store of a constant", constant_store, 0.8),
    Production("accumulation", accumulate, 1.2),
    Production("linalg.fill", fill, 0.5),
    Production("memref.alloc", alloc, 1.0),
    Production("memref.alloca", alloca, 0.5),
    Production("buffer of a size known at run time", sized, 0.3),
    Production("computed place", computed, 0.5),
)
