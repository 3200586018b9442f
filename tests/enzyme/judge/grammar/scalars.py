"""Statements about numbers."""

from __future__ import annotations

from ..scalars import BINARY, STEPS, UNARY
from ..syntax import Value, op
from .building import Builder, Production

__all__ = ["PRODUCTIONS", "compare", "guarded", "real_step"]

PLAIN = ("arith.addf", "arith.subf", "arith.mulf")
WITH_ADJOINT = (
    "math.sin math.cos math.exp math.tanh math.sqrt math.log math.log1p math.log2 math.exp2 math.atan math.cbrt "
    "math.absf"
).split()
"""Functions that Enzyme 0.0.16 differentiates."""
WITHOUT = sorted({*UNARY, *STEPS, "math.clampf", "math.fpowi", "math.sincos", "math.rsqrt"} - {*WITH_ADJOINT})
SMALL = {"math.exp", "math.exp2", "math.expm1", "math.sinh", "math.cosh", "math.tan"}
"""Functions that grow: their argument is made small."""
INSIDE = {"math.acos", "math.asin", "math.atanh"}
ABOVE = {"math.log", "math.log2", "math.log10", "math.sqrt", "math.rsqrt", "math.log1p", "math.acosh", "math.cbrt"}


def guarded(b: Builder, kind: str, given: Value) -> Value:
    """The argument of a function, made so that the function is defined and not too large there."""
    if kind in SMALL or kind in INSIDE:
        bent = b.emit("math.sin", (given,), given.type)
        return b.emit("arith.mulf", (bent, b.constant(0.875, given.type)), given.type)
    if kind in ABOVE:
        square = b.emit("arith.mulf", (given, given), given.type)
        return b.emit("arith.addf", (square, b.constant(1.5 if kind == "math.acosh" else 0.5, given.type)), given.type)
    return given


def unary(b: Builder, kind: str) -> Value:
    """A function of one number."""
    return b.emit(kind, (guarded(b, kind, b.a_real(0.02)),), b.real)


def arithmetic(b: Builder) -> None:
    real_step(b)


def real_step(b: Builder) -> Value:
    """A sum, a difference or a product, of what is in scope."""
    return b.emit(b.rng.choice(PLAIN), (b.a_real(), b.a_real()), b.real)


def division(b: Builder) -> None:
    divisor = guarded(b, "math.log", b.a_real(0.02))
    kind = "arith.divf" if b.chance(0.8) else "arith.remf"
    b.emit(kind, (b.a_real(), divisor), b.real)


def functions(b: Builder) -> None:
    unary(b, b.rng.choice(WITH_ADJOINT))


def other_functions(b: Builder) -> None:
    kind = b.rng.choice(WITHOUT)
    if kind == "math.clampf":
        b.emit(kind, (b.a_real(), b.constant(-0.75, b.real), b.constant(0.75, b.real)), b.real)
    elif kind == "math.fpowi":
        b.emit(kind, (guarded(b, "math.log", b.a_real()), b.constant(b.rng.choice([2, 3, -1]), "i32")), b.real)
    elif kind == "math.sincos":
        b.add(op(kind, (b.a_real(),), (b.value(b.real), b.value(b.real))))
    else:
        unary(b, kind)


def two_numbers(b: Builder) -> None:
    kind = b.rng.choice(sorted({*BINARY, "math.fma"} - {*PLAIN, "arith.divf", "arith.remf"}))
    first = b.a_real()
    if kind == "math.powf":
        first = guarded(b, "math.log", first)
        second = b.emit("math.sin", (b.a_real(),), b.real)
    elif kind == "math.atan2":
        second = guarded(b, "math.log", b.a_real())
    else:
        second = b.a_real()
    b.emit(kind, (first, second, b.a_real()) if kind == "math.fma" else (first, second), b.real)


def compare(b: Builder) -> Value:
    """A truth value."""
    indices = [value for value in b.of_type("index") if value.name in b.ranges]
    if indices and b.chance(0.35):
        chosen = b.pick(indices)
        low, high = b.ranges[chosen.name]
        other = b.index(b.rng.randint(low, high))
        return b.emit("arith.cmpi", (chosen, other), "i1", predicate=b.rng.choice("eq ne slt sge".split()))
    found = b.of_type("i1")
    if found and b.chance(0.2):
        return b.pick(found)
    predicate = b.rng.choice("ogt olt oge ole".split())
    return b.emit("arith.cmpf", (b.a_real(0.0), b.a_real(0.3)), "i1", predicate=predicate)


def select(b: Builder) -> None:
    b.emit("arith.select", (compare(b), b.a_real(), b.a_real()), b.real)


def integers(b: Builder) -> None:
    """A whole number out of floats or indices, and a float out of it."""
    indices = b.of_type("index")
    if indices and b.chance(0.6):
        whole = b.emit("arith.index_cast", (b.pick(indices),), "i64")
        if b.chance(0.5):
            kind = b.rng.choice("arith.addi arith.muli arith.subi arith.maxsi arith.xori".split())
            whole = b.emit(kind, (whole, b.constant(b.rng.randrange(1, 4), "i64")), "i64")
    else:
        scaled = b.emit("arith.mulf", (b.a_real(), b.constant(3.0, b.real)), b.real)
        whole = b.emit("arith.fptosi", (scaled,), "i64")
    number = b.emit("arith.sitofp", (whole,), b.real)
    b.emit("arith.mulf", (number, b.a_real()), b.real)


def through_the_other(b: Builder) -> None:
    """A step in the other precision."""
    if b.real == "f64":
        there = b.emit("arith.truncf", (b.a_real(),), "f32")
        there = b.emit(b.rng.choice(["math.sin", "math.exp", "arith.negf"]), (there,), "f32")
        b.emit("arith.extf", (there,), "f64")
    else:
        there = b.emit("arith.extf", (b.a_real(),), "f64")
        there = b.emit(b.rng.choice(["math.sin", "math.cos", "arith.negf"]), (there,), "f64")
        b.emit("arith.truncf", (there,), "f32")


PRODUCTIONS = (
    Production("arithmetic", arithmetic, 4.0),
    Production("division", division, 0.8),
    Production("functions with an adjoint", functions, 2.0),
    Production("other functions of math", other_functions, 0.5),
    Production("functions of two numbers", two_numbers, 0.6),
    Production("select", select, 0.6),
    Production("integers", integers, 0.5),
    Production("mixed precision", through_the_other, 0.15),
)
