"""Parts of memory, copies, memory of the module, and memory of other things than floats."""

from __future__ import annotations

from dataclasses import replace

from ..syntax import Domain, Global, Shaped, Value, op
from .building import Builder, Production, Skip
from .memory import initialise, load, new_buffer
from .scalars import compare

__all__ = ["PRODUCTIONS"]


def copy(b: Builder) -> None:
    source = b.a_memory()
    assert isinstance(source.type, Shaped)
    targets = [
        value
        for value in b.visible()
        if isinstance(value.type, Shaped)
        and value.type.kind == "memref"
        and value.type.element == source.type.element
        and value.type.shape == source.type.shape
        and None not in value.type.shape
        and not b.same_memory(value, source)
        and b.may_touch(value, writable=True)
    ]
    if targets and b.chance(0.6):
        target = b.pick(targets)
    elif None not in source.type.shape:
        target = b.value(replace(source.type, layout=""), "m")
        b.add(op("memref.alloc", (), (target,)), hidden=True)
        b.frame.values.append(target)
    else:
        raise Skip
    b.add(op("memref.copy", (source, target)))
    if b.chance(0.7):
        load(b, target)


def subview(b: Builder) -> None:
    source = b.a_memory()
    assert isinstance(source.type, Shaped)
    if not source.type.shape or source.type.layout:
        raise Skip
    sizes = b.sizes(source)
    steps = [1]
    for size in reversed(sizes[1:]):
        steps.insert(0, steps[0] * size)
    if None in source.type.shape[1:]:
        raise Skip
    part: list[tuple[int | None, int | None, int]] = []
    indices: list[Value] = []
    offset: int | None = 0
    strides: list[int] = []
    shape: list[int] = []
    for place, size in enumerate(sizes):
        if len(sizes) > 1 and place == 0 and b.chance(0.6):  # one row
            if b.chance(0.5):
                indices.append(b.an_index(size))
                part.append((None, None, 1))
                offset = None
                continue
            start, count, stride = b.rng.randrange(size), None, 1
        else:
            stride = b.rng.choice([1, 1, 2])
            count = b.rng.randint(1, (size - 1) // stride + 1)
            start = b.rng.randint(0, size - 1 - (count - 1) * stride)
            shape.append(count)
            strides.append(steps[place] * stride)
        part.append((start, count, stride))
        if offset is not None:
            offset += start * steps[place]
    shift = "" if offset == 0 else f", offset: {'?' if offset is None else offset}"
    layout = f"strided<[{', '.join(map(str, strides))}]{shift}>"
    view = b.value(Shaped("memref", tuple(shape), source.type.element, layout), "m")
    b.bases[view.name] = b.bases.get(source.name, source.name)
    b.add(op("memref.subview", (source, *indices), (view,), part=tuple(part)))


def constant_global(b: Builder) -> None:
    size = b.rng.choice([2, 3, 4])
    name = b.module.fresh("g")
    type_ = Shaped("memref", (size,), str(b.real))
    b.module.globals.append(Global(name, type_, tuple(b.number() for _ in range(size)), is_constant=True))
    memory = b.value(type_, "m")
    b.add(op("memref.get_global", (), (memory,), name=name), hidden=True)
    for _ in range(b.rng.choice([1, 2])):
        b.emit("arith.mulf", (load(b, memory), b.a_real()), b.real)


def mutable_global(b: Builder) -> None:
    if b.is_parallel or b.call_depth:
        raise Skip
    size = b.rng.choice([1, 2, 4])
    name = b.module.fresh("g")
    type_ = Shaped("memref", (size,), str(b.real))
    values = None if b.chance(0.5) else (0.0,) * size
    b.module.globals.append(Global(name, type_, values, is_constant=False))
    memory = b.value(type_, "m")
    b.add(op("memref.get_global", (), (memory,), name=name), hidden=True)
    initialise(b, memory)
    b.frame.values.append(memory)


def freed_buffer(b: Builder) -> None:
    """A buffer that is freed at the end of its block."""
    memory = new_buffer(b, "memref.alloc")
    b.freed.add(memory.name)
    load(b, memory)
    b.frame.closing.insert(0, op("memref.dealloc", (memory,)))


def mask(b: Builder) -> None:
    """Truth values in memory, and a choice by one of them."""
    size = b.rng.choice([1, 2, 3])
    memory = b.value(Shaped("memref", (size,), "i1"), "m")
    kind = b.rng.choice(["memref.alloc", "memref.alloca"])
    b.add(op(kind, (), (memory,)), hidden=True)
    for number in range(size):
        b.add(op("memref.store", (compare(b), memory, b.index(number))))
    which = b.value("i1")
    b.add(op("memref.load", (memory, b.an_index(size)), (which,)))
    if b.chance(0.7):
        b.emit("arith.select", (which, b.a_real(), b.a_real()), b.real)


def table(b: Builder) -> None:
    """Whole numbers in memory, used as indices."""
    memory = b.a_memory()
    if not b.sizes(memory):
        raise Skip
    most = min(b.sizes(memory)) - 1
    given = [
        value
        for value in b.visible()
        if isinstance(value.type, Shaped) and value.type.kind == "memref" and value.type.element == "i32"
    ]
    found = b.value("index", "p")
    if given and b.chance(0.6):
        place = b.value("i32")
        b.add(op("memref.load", (given[0], b.an_index(3)), (place,)))
        b.add(op("arith.index_cast", (place,), (found,)))
        b.ranges[found.name] = (0, 2)
    else:
        size = b.rng.choice([2, 3])
        numbers = b.value(Shaped("memref", (size,), "index"), "m")
        b.add(op(b.rng.choice(["memref.alloc", "memref.alloca"]), (), (numbers,)), hidden=True)
        for number in range(size):
            b.add(op("memref.store", (b.index(b.rng.randint(0, most)), numbers, b.index(number))))
        b.add(op("memref.load", (numbers, b.an_index(size)), (found,)))
        b.ranges[found.name] = (0, most)
    load(b, memory)


def over_all(b: Builder) -> None:
    """A loop over memory whose size is known at run time."""
    found = [
        value
        for value in b.visible()
        if isinstance(value.type, Shaped) and value.type.shape == (None,) and b.may_touch(value)
    ]
    memory = b.pick(found)
    size = b.value("index")
    b.add(op("memref.dim", (memory, b.index(0)), (size,)), hidden=True)
    position, carried = b.value("index", "i"), b.value(b.real, "a")
    start = b.a_real(0.5)
    bounds = (b.index(0), size, b.index(1))
    with b.block([position, carried], 4) as frame:
        value = b.value(b.real)
        b.add(op("memref.load", (memory, position), (value,)))
        b.statements(1)
        if b.may_touch(memory, writable=True) and b.chance(0.4):
            b.add(op("memref.store", (b.a_real(), memory, position)))
        total = b.emit(b.rng.choice(["arith.addf", "arith.mulf"]), (carried, b.a_real(0.0)), b.real)
    result = b.value(b.real)
    b.add(op("scf.for", (*bounds, start), (result,), [b.region(frame, [position, carried], [total])]))


PRODUCTIONS = (
    Production("memref.copy", copy, 0.7),
    Production("memref.subview", subview, 0.7),
    Production("constant global", constant_global, 0.4),
    Production("mutable global", mutable_global, 0.25),
    Production("memref.dealloc", freed_buffer, 0.7),
    Production("mask memory", mask, 0.4),
    Production("integer memory", table, 0.5),
    Production("loop over all of a memory", over_all, 0.8, is_block=True),
)

INTEGERS = Domain(0, 2)
"""What is in a memory argument of whole numbers: indices of whatever has three elements."""
