"""Random programs, of some of the grammar's productions."""

from __future__ import annotations

import random
from typing import Any

from .grammar import PARTS, Builder, Module
from .grammar.memory import load
from .syntax import Domain, Function, Op, Program, Region, Shaped, Value, is_float, is_memory, is_tensor, walk

__all__ = ["random_program"]

SHARES = {
    "control": 0.7,
    "affine": 0.25,
    "parallel": 0.15,
    "memory": 0.55,
    "views": 0.3,
    "linalg": 0.2,
    "tensors": 0.3,
    "calls": 0.25,
    "complex": 0.03,
}
"""How many programs each part of the grammar is in."""
WEIGHTS = {
    "scalars": 4,
    "control": 3,
    "affine": 2,
    "parallel": 1,
    "memory": 4,
    "views": 2,
    "linalg": 2,
    "tensors": 3,
    "calls": 2,
    "complex": 2,
}
"""How often a statement is of a part, of those that a program is made of."""
SIZES = [1, 2, 2, 3, 4, 5, 7, 9]
"""Statements of a program, not counting those in blocks."""
FOR_MEMORY = {"memory", "views", "affine", "parallel"}


def random_program(rng: random.Random) -> Program | None:
    """A program; None where nothing came of it that has a derivative."""
    parts = {"scalars", *(part for part, share in SHARES.items() if rng.random() < share)}
    share = rng.choice([0.4, 0.7, 1.0])
    chosen = {
        part: [each for each in PARTS[part] if each.feature == "arithmetic" or rng.random() < share]
        for part in sorted(parts)
    }
    weighted = [productions for part, productions in chosen.items() for _ in range(WEIGHTS[part]) if productions]
    module = Module(rng, weighted, "f32" if rng.random() < 0.04 else "f64")
    b = Builder(module)
    arguments = _arguments(b, parts)
    b.frame.values += arguments
    b.statements(rng.choice(SIZES))
    returns = _returns(b)
    written = any(is_memory(value.type) and is_float(value.type) for value in arguments)
    if not returns and not written:
        returns = [b.a_real(0.0)]
    functions = (*module.functions, Function("f", b.region(b.frame, arguments, returns)))
    used = {each.get("name") for function in functions for each in _gets(function.block)}
    return Program(functions, tuple(module.domains), tuple(each for each in module.globals if each.name in used))


def _gets(region: Region) -> list[Op]:
    return [each for each in walk(region.body) if each.kind == "memref.get_global"]


def _arguments(b: Builder, parts: set[str]) -> list[Value]:
    """Numbers, memory, tensors and indices, in any order."""
    rng, real = b.rng, str(b.real)
    found: list[Value] = []

    def one(type_: Any, letter: str, domain: Domain | None = None) -> Value:
        value = b.value(type_, letter)
        found.append(value)
        b.module.domains.append(domain or Domain())
        return value

    for _ in range(rng.choice([0, 1, 1, 2, 3])):
        one(real, "x")
    features = " ".join(sorted(b.module.enabled))
    if parts & FOR_MEMORY or "on memory" in features:
        for _ in range(rng.choice([0, 1, 1, 2])):
            if rng.random() < 0.15:
                size = rng.choice([3, 4])
                one(Shaped("memref", (None,), real), "x", Domain(sizes=(size,)))
            else:
                shape = rng.choice([(), (2,), (3,), (4,), (4,), (5,), (2, 2), (2, 3)])
                layout = "strided<[?], offset: ?>" if len(shape) == 1 and rng.random() < 0.06 else ""
                one(Shaped("memref", shape, real, layout), "x")
    if parts & {"tensors"} or "on tensors" in features:
        for _ in range(rng.choice([0, 1, 1, 2])):
            shape = rng.choice([(2,), (3,), (3,), (4,), (2, 2), (2, 3), (3, 1)])
            one(Shaped("tensor", shape, real), "x")
    if "integer memory" in features and rng.random() < 0.3:
        one(Shaped("memref", (3,), "i32"), "k", Domain(0, 2))
    if rng.random() < (0.35 if parts & {"control", "affine"} else 0.1):
        low, high = rng.choice([(0, 3), (1, 3), (1, 4), (2, 2), (0, 0), (1, 2), (3, 4)])
        value = one("index", "n", Domain(low, high))
        b.ranges[value.name] = (low, high)
        b.affine.add(value.name)
    if not any(is_float(value.type) for value in found):
        one(real, "x")
    rng.shuffle(order := list(range(len(found))))
    b.module.domains[:] = [b.module.domains[i] for i in order]
    return [found[i] for i in order]


def _returns(b: Builder) -> list[Value]:
    """What the function gives back: values, or sums of the last ones."""
    rng = b.rng
    for memory in [value for value in b.visible() if is_memory(value.type) and is_float(value.type)][:2]:
        if b.may_touch(memory) and rng.random() < 0.3:
            load(b, memory)
    reals = b.of_type(b.real)
    count = rng.choice([0, 1, 1, 1, 1, 2, 3])
    returns: list[Value] = []
    used = {value.name for each in walk(b.frame.body) for value in each.operands}
    idle = [value for value in reals if value.name not in used]
    for _ in range(count):
        if not reals:
            break
        if rng.random() < 0.6 and len(reals) > 1:
            last = (idle if len(idle) > 1 and rng.random() < 0.7 else reals)[: rng.choice([2, 3, 4])]
            total = last[0]
            for value in last[1:]:
                total = b.emit("arith.addf", (total, value), b.real)
            returns.append(total)
        else:
            returns.append(b.pick(reals))
    tensors = [value for value in b.visible() if is_tensor(value.type) and is_float(value.type)]
    if tensors and rng.random() < 0.4:
        returns.insert(rng.randrange(len(returns) + 1), b.pick(tensors))
    return returns
