"""Structured operations, on memory and on tensors."""

from __future__ import annotations

from collections.abc import Callable

from ..arrays import NAMED
from ..syntax import Region, Shaped, Type, Value, is_memory, op
from .building import Builder, Production, Skip
from .memory import load, new_buffer

__all__ = ["PRODUCTIONS"]

Array = Callable[[Builder, tuple[int, ...]], Value]
"""Gives an array of a shape."""


def memory_of(b: Builder, shape: tuple[int, ...], writable: bool = False, apart: tuple[Value, ...] = ()) -> Value:
    """Memory of a shape; a new buffer where there is none."""
    found = [
        value
        for value in b.visible()
        if isinstance(value.type, Shaped)
        and value.type.kind == "memref"
        and value.type.element == b.real
        and value.type.shape == shape
        and b.may_touch(value, writable)
        and not any(b.same_memory(value, other) for other in apart)
    ]
    return b.pick(found) if found and b.chance(0.8) else new_buffer(b, "memref.alloc", shape)


def tensor_of(b: Builder, shape: tuple[int, ...]) -> Value:
    """A tensor of a shape, made of a number where there is none."""
    type_ = Shaped("tensor", shape, str(b.real))
    found = b.of_type(type_)
    if found and b.chance(0.8):
        return b.pick(found)
    if b.chance(0.3):
        size = 1
        for each in shape:
            size *= each
        return b.constant(tuple(b.number() for _ in range(size)), type_)
    return b.emit("tensor.splat", (b.a_real(),), type_)


def target_of(b: Builder, shape: tuple[int, ...], inputs: tuple[Value, ...]) -> Value:
    """Where a structured operation writes: memory if its inputs are, apart from them, or a tensor."""
    if any(is_memory(value.type) for value in inputs):
        return memory_of(b, shape, writable=True, apart=inputs)
    return tensor_of(b, shape)


def array_of(b: Builder, shape: tuple[int, ...], in_memory: bool) -> Value:
    return memory_of(b, shape) if in_memory else tensor_of(b, shape)


def finish(
    b: Builder, kind: str, inputs: tuple[Value, ...], target: Value, regions: tuple[Region, ...] = (), **more: object
) -> None:
    """Append the operation, and look at what it made."""
    in_memory = is_memory(target.type)
    results = () if in_memory else (b.value(target.type, "t"),)
    b.add(op(kind, (*inputs, target), results, regions, **more))
    if in_memory and b.chance(0.6):
        load(b, target)
    elif not in_memory and b.chance(0.6):
        element = b.value(b.real)
        b.add(op("tensor.extract", (results[0], *b.place(results[0])), (element,)))


def body(b: Builder, count: int, last: str | None = None) -> Region:
    """What is done with an element of each array; the last argument is what was there."""
    arguments = [b.value(b.real, "a") for _ in range(count + 1)]
    with b.block(arguments, 6) as frame:
        frame.is_parallel = True
        value = b.emit("arith.mulf", (arguments[0], arguments[count - 1]), b.real)
        if b.chance(0.6):
            value = b.emit(
                b.rng.choice(["math.sin", "math.exp", "math.tanh", "arith.negf"]), (_small(b, value),), b.real
            )
        if b.chance(0.3):
            value = b.emit("arith.mulf", (value, b.a_real()), b.real)
        if last is not None:
            value = b.emit(last, (arguments[count], value), b.real)
    return b.region(frame, arguments, [value])


def _small(b: Builder, value: Value) -> Value:
    return b.emit("math.sin", (value,), b.real)


SHAPES = ((3,), (4,), (2, 2), (2, 3))


def elementwise(b: Builder, in_memory: bool) -> None:
    """`linalg.generic` on each element, transposed or spread now and then."""
    shape = b.rng.choice(SHAPES)
    count = b.rng.choice([1, 2])
    dims = tuple(range(len(shape)))
    maps: list[tuple[int, ...]] = []
    inputs: list[Value] = []
    for _ in range(count):
        used = dims
        if len(shape) == 2 and b.chance(0.3):
            used = b.rng.choice([(1, 0), (0,), (1,)])
        maps.append(used)
        inputs.append(array_of(b, tuple(shape[d] for d in used), in_memory))
    target = target_of(b, shape, tuple(inputs))
    region = body(b, count)
    kinds = ("parallel",) * len(shape)
    finish(b, "linalg.generic", tuple(inputs), target, (region,), maps=(*maps, dims), iterators=kinds)


def contraction(b: Builder, in_memory: bool) -> None:
    """`linalg.generic` with a sum or a product: of all elements, or a product of matrix and vector."""
    if b.chance(0.5):
        shape = b.rng.choice([(3,), (4,)])
        inputs = tuple(array_of(b, shape, in_memory) for _ in range(b.rng.choice([1, 2])))
        maps, target_shape, kinds = ((0,),) * len(inputs), (), ("reduction",)
        target_map: tuple[int, ...] = ()
    else:
        rows, columns = b.rng.choice([(2, 2), (2, 3)])
        inputs = (array_of(b, (rows, columns), in_memory), array_of(b, (columns,), in_memory))
        maps, target_shape, kinds = ((0, 1), (1,)), (rows,), ("parallel", "reduction")  # type: ignore[assignment]
        target_map = (0,)
    target = target_of(b, target_shape, inputs)
    region = body(b, len(inputs), b.rng.choice(["arith.addf", "arith.addf", "arith.mulf"]))
    finish(b, "linalg.generic", inputs, target, (region,), maps=(*maps, target_map), iterators=kinds)


def matmul(b: Builder, in_memory: bool) -> None:
    rows, inner, columns = b.rng.choice([(2, 2, 2), (2, 2, 1), (2, 3, 1), (1, 2, 2), (2, 3, 2), (3, 1, 1)])
    inputs = (array_of(b, (rows, inner), in_memory), array_of(b, (inner, columns), in_memory))
    finish(b, "linalg.matmul", inputs, target_of(b, (rows, columns), inputs))


def reduce(b: Builder, in_memory: bool) -> None:
    shape = b.rng.choice(SHAPES)
    axis = b.rng.randrange(len(shape))
    inputs = (array_of(b, shape, in_memory),)
    target = target_of(b, shape[:axis] + shape[axis + 1 :], inputs)
    arguments = [b.value(b.real, "a") for _ in range(2)]
    with b.block(arguments, 6) as frame:
        value = b.emit(b.rng.choice(["arith.addf", "arith.mulf", "arith.maximumf"]), arguments, b.real)
    finish(b, "linalg.reduce", inputs, target, (b.region(frame, arguments, [value]),), axis=axis)


def map_(b: Builder, in_memory: bool) -> None:
    shape = b.rng.choice(SHAPES)
    function = b.rng.choice(["arith.addf", "arith.mulf", "math.sin", "math.tanh", "arith.negf"])
    count = 2 if function in ("arith.addf", "arith.mulf") else 1
    inputs = tuple(array_of(b, shape, in_memory) for _ in range(count))
    finish(b, "linalg.map", inputs, target_of(b, shape, inputs), function=function)


def named(b: Builder, in_memory: bool) -> None:
    shape = b.rng.choice(SHAPES)
    kind = b.rng.choice(sorted(NAMED))
    count = 1 if kind in ("linalg.exp", "linalg.tanh", "linalg.negf") else 2
    inputs = tuple(array_of(b, shape, in_memory) for _ in range(count))
    finish(b, kind, inputs, target_of(b, shape, inputs))


def fill_tensor(b: Builder) -> None:
    type_: Type = Shaped("tensor", b.rng.choice(SHAPES), str(b.real))
    empty = b.value(type_, "t")
    b.add(op("tensor.empty", (), (empty,)), hidden=True)
    value = b.constant(b.number(), b.real) if b.chance(0.3) else b.a_real(0.0)
    b.add(op("linalg.fill", (value, empty), (b.value(type_, "t"),)))


def _both(name: str, make: Callable[[Builder, bool], None], weight: float) -> tuple[Production, Production]:
    def on_memory(b: Builder) -> None:
        if b.is_parallel and b.chance(0.7):
            raise Skip
        make(b, True)

    return (
        Production(f"{name} on memory", on_memory, weight),
        Production(f"{name} on tensors", lambda b: make(b, False), weight),
    )


PRODUCTIONS = (
    *_both("linalg.generic, elementwise,", elementwise, 0.5),
    *_both("linalg.generic, contraction,", contraction, 0.5),
    *_both("linalg.matmul", matmul, 0.5),
    *_both("linalg.reduce", reduce, 0.35),
    *_both("linalg.map", map_, 0.35),
    *_both("named elementwise operations", named, 0.35),
    Production("linalg.fill of a tensor", fill_tensor, 0.3),
)
