"""Calls: of functions with several results, that call others, that write memory, that call themselves."""

from __future__ import annotations

from ..syntax import Function, Type, Value, is_float, is_memory, is_tensor, op
from .building import Builder, Production, Skip

__all__ = ["PRODUCTIONS"]

DEEPEST = 2


def call(b: Builder) -> None:
    """A new function, or one that is there, called."""
    if b.call_depth >= DEEPEST:
        raise Skip
    known = [function for function in b.module.functions if not function.name.startswith("r")]
    if known and b.chance(0.35):
        _call_known(b, b.rng.choice(known))
        return
    given: list[Value] = [b.a_real() for _ in range(b.rng.choice([0, 1, 1, 2]))]
    enabled = b.module.enabled
    if "call with memory" in enabled and b.chance(0.7):
        memory = b.a_memory()
        given.append(memory)
    if "call with tensors" in enabled and b.chance(0.6):
        given.append(b.a_tensor())
    indices = [value for value in b.of_type("index") if value.name in b.ranges]
    if indices and b.chance(0.3):
        given.append(b.pick(indices))
    if not given:
        raise Skip
    name = b.module.fresh("h")
    inner = Builder(b.module, b.call_depth + 1)
    inner.frames[0].is_parallel = b.is_parallel
    arguments = [inner.value(value.type, "x") for value in given]
    for argument, value in zip(arguments, given, strict=True):
        if argument.type == "index":
            inner.ranges[argument.name] = b.ranges[value.name]
            inner.affine.add(argument.name)
        if is_memory(argument.type) and not b.may_touch(value, writable=True):
            inner.read_only.add(argument.name)
    inner.work = b.work
    inner.frame.values += arguments
    inner.statements(b.rng.choice([1, 2, 3]))
    returns = [inner.a_real(0.0) for _ in range(b.rng.choice([1, 1, 2]))]
    if "call with tensors" in enabled:
        returns += [value for value in inner.visible() if is_tensor(value.type) and is_float(value.type)][:1]
    if any(is_memory(value.type) for value in given) and b.chance(0.4):
        returns = []
    b.module.functions.append(Function(name, inner.region(inner.frame, arguments, returns)))
    b.add(op("func.call", given, [b.value(value.type) for value in returns], callee=name))


def _call_known(b: Builder, function: Function) -> None:
    given: list[Value] = []
    for argument in function.block.arguments:
        if is_memory(argument.type):
            same = [value for value in b.of_type(argument.type) if b.may_touch(value, writable=True)]
            given.append(b.pick([value for value in same if not any(b.same_memory(value, other) for other in given)]))
        elif argument.type == "index":
            raise Skip  # what is known of the index would have to be the same
        else:
            given.append(b.a_real() if argument.type == b.real else b.pick(b.of_type(argument.type)))
    if b.is_parallel and any(is_memory(value.type) for value in given):
        raise Skip
    b.add(op("func.call", given, [b.value(value.type) for value in function.block.yields], callee=function.name))


def recursion(b: Builder) -> None:
    """A function that calls itself a number of times."""
    if b.call_depth:
        raise Skip
    name = b.module.fresh("r")
    inner = Builder(b.module, DEEPEST)
    types: list[Type] = ["index", b.real]
    given: list[Value] = [b.index(b.rng.choice([0, 1, 2, 3])), b.a_real()]
    counts = [value for value in b.of_type("index") if 0 <= b.ranges.get(value.name, (-1, 0))[0] <= 4]
    if counts and b.chance(0.4):
        given[0] = b.pick(counts)
    enabled = b.module.enabled
    if "call with memory" in enabled and b.chance(0.5):
        memory = b.a_memory(writable=True)
        given.append(memory)
        types.append(memory.type)
    arguments = [inner.value(type_, "x") for type_ in types]
    inner.frame.values += arguments[1:]
    inner.work = 20
    condition = inner.emit("arith.cmpi", (arguments[0], inner.index(0)), "i1", predicate="sgt")
    with inner.block() as then:
        inner.statements(b.rng.choice([1, 2]))
        less = inner.emit("arith.subi", (arguments[0], inner.index(1)), "index")
        passed = inner.a_real(0.0)
        again = inner.value(b.real)
        inner.add(op("func.call", (less, passed, *arguments[2:]), (again,), callee=name))
        total = inner.emit(b.rng.choice(["arith.addf", "arith.mulf"]), (again, inner.a_real(0.0)), b.real)
    with inner.block() as otherwise:
        inner.statements(b.rng.choice([0, 1]))
        last = inner.a_real(0.0)
    result = inner.value(b.real)
    regions = [inner.region(then, [], [total]), inner.region(otherwise, [], [last])]
    inner.add(op("scf.if", (condition,), (result,), regions))
    b.module.functions.append(Function(name, inner.region(inner.frame, arguments, [result])))
    b.add(op("func.call", given, [b.value(b.real)], callee=name))


def nothing(b: Builder) -> None:
    raise Skip


PRODUCTIONS = (
    Production("func.call", call, 1.2, is_block=True),
    Production("recursion", recursion, 0.4, is_block=True),
    Production("call with memory", nothing, 0.01),
    Production("call with tensors", nothing, 0.01),
)
"""The last ones make nothing by themselves; calls take memory and tensors where they are enabled."""
