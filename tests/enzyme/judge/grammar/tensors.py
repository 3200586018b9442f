"""Tensors: elements, slices, arithmetic on all elements."""

from __future__ import annotations

from ..syntax import Shaped, Value, op
from .building import Builder, Production, Skip
from .scalars import compare

__all__ = ["PRODUCTIONS"]

FUNCTIONS = ["math.sin", "math.exp", "math.tanh", "math.cos", "arith.negf", "math.sqrt"]


def arithmetic(b: Builder) -> None:
    first = b.a_tensor()
    same = b.of_type(first.type)
    if b.chance(0.5):
        kind = b.rng.choice(["arith.addf", "arith.mulf", "arith.subf"])
        result = b.value(first.type, "t")
        b.add(op(kind, (first, b.pick(same)), (result,)))
        return
    kind = b.rng.choice(FUNCTIONS)
    operand = _inside(b, kind, first)
    b.add(op(kind, (operand,), (b.value(first.type, "t"),)))


def _inside(b: Builder, kind: str, given: Value) -> Value:
    if kind == "math.exp":
        return b.emit("math.sin", (given,), given.type)
    if kind != "math.sqrt":
        return given
    assert isinstance(given.type, Shaped)
    half = b.constant((0.5,) * _count(given), given.type)
    return b.emit("arith.addf", (b.emit("arith.mulf", (given, given), given.type), half), given.type)


def _count(value: Value) -> int:
    assert isinstance(value.type, Shaped)
    count = 1
    for size in value.type.shape:
        count *= size or 1
    return count


def extract(b: Builder) -> None:
    tensor = b.a_tensor()
    result = b.value(b.real)
    b.add(op("tensor.extract", (tensor, *b.place(tensor)), (result,)))


def insert(b: Builder) -> None:
    tensor = b.a_tensor()
    b.add(op("tensor.insert", (b.a_real(0.15), tensor, *b.place(tensor)), (b.value(tensor.type, "t"),)))


def from_elements(b: Builder) -> None:
    shape = b.rng.choice([(1,), (2,), (3,), (4,), (2, 2)])
    result = b.value(Shaped("tensor", shape, str(b.real)), "t")
    b.add(op("tensor.from_elements", [b.a_real(0.15) for _ in range(_count(result))], (result,)))


def splat(b: Builder) -> None:
    shape = b.rng.choice([(2,), (3,), (4,), (2, 2), (2, 3)])
    b.add(op("tensor.splat", (b.a_real(),), (b.value(Shaped("tensor", shape, str(b.real)), "t"),)))


def _part(
    b: Builder, tensor: Value
) -> tuple[list[Value], tuple[tuple[int | None, int | None, int], ...], tuple[int, ...]]:
    """Indices, offsets with sizes and strides, and the shape."""
    indices: list[Value] = []
    part: list[tuple[int | None, int | None, int]] = []
    shape: list[int] = []
    for place, size in enumerate(b.sizes(tensor)):
        if place == 0 and len(b.sizes(tensor)) > 1 and b.chance(0.5):
            part.append((b.rng.randrange(size), None, 1))
            continue
        if b.chance(0.25):
            indices.append(b.an_index(size))
            part.append((None, 1, 1))
            shape.append(1)
            continue
        stride = b.rng.choice([1, 1, 2])
        count = b.rng.randint(1, (size - 1) // stride + 1)
        part.append((b.rng.randint(0, size - 1 - (count - 1) * stride), count, stride))
        shape.append(count)
    return indices, tuple(part), tuple(shape)


def extract_slice(b: Builder) -> None:
    tensor = b.a_tensor()
    if not b.sizes(tensor):
        raise Skip
    indices, part, shape = _part(b, tensor)
    result = b.value(Shaped("tensor", shape, str(b.real)), "t")
    b.add(op("tensor.extract_slice", (tensor, *indices), (result,), part=part))


def insert_slice(b: Builder) -> None:
    tensor = b.a_tensor()
    if not b.sizes(tensor):
        raise Skip
    indices, part, shape = _part(b, tensor)
    type_ = Shaped("tensor", shape, str(b.real))
    found = b.of_type(type_)
    source = b.pick(found) if found else b.emit("tensor.splat", (b.a_real(),), type_)
    b.add(op("tensor.insert_slice", (source, tensor, *indices), (b.value(tensor.type, "t"),), part=part))


def select(b: Builder) -> None:
    first = b.a_tensor()
    second = b.pick(b.of_type(first.type))
    if b.chance(0.5):
        b.add(op("arith.select", (compare(b), first, second), (b.value(first.type, "t"),)))
        return
    assert isinstance(first.type, Shaped)
    which = b.value(Shaped("tensor", first.type.shape, "i1"), "t")
    b.add(op("arith.cmpf", (first, second), (which,), predicate="ogt"), hidden=True)
    b.add(op("arith.select", (which, first, second), (b.value(first.type, "t"),)))


def division(b: Builder) -> None:
    first = b.a_tensor()
    divisor = _inside(b, "math.sqrt", b.pick(b.of_type(first.type)))
    b.add(op("arith.divf", (first, divisor), (b.value(first.type, "t"),)))


PRODUCTIONS = (
    Production("arithmetic on tensors", arithmetic, 1.5),
    Production("division of tensors", division, 0.3),
    Production("tensor.extract", extract, 1.5),
    Production("tensor.insert", insert, 0.8),
    Production("tensor.from_elements", from_elements, 0.6),
    Production("tensor.splat", splat, 0.5),
    Production("tensor.extract_slice", extract_slice, 0.5),
    Production("tensor.insert_slice", insert_slice, 0.5),
    Production("select of tensors", select, 0.4),
)
