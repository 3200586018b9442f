"""Complex numbers, made of floats and taken apart again."""

from __future__ import annotations

from ..syntax import Value
from .building import Builder, Production

__all__ = ["PRODUCTIONS"]


def arithmetic(b: Builder) -> None:
    type_ = f"complex<{b.real}>"

    def one(real: Value | None = None) -> Value:
        return b.emit("complex.create", (b.a_real() if real is None else real, b.a_real()), type_)

    value = one()
    for _ in range(b.rng.choice([1, 1, 2, 3])):
        kind = b.rng.choice(
            "complex.add complex.sub complex.mul complex.mul complex.neg complex.exp complex.div".split()
        )
        if kind == "complex.neg":
            value = b.emit(kind, (value,), type_)
        elif kind == "complex.exp":
            small = b.emit("math.sin", (b.a_real(),), b.real)
            value = b.emit("complex.mul", (value, b.emit(kind, (one(small),), type_)), type_)
        elif kind == "complex.div":
            square = b.a_real(0.0)
            square = b.emit("arith.mulf", (square, square), b.real)
            away = b.emit("arith.addf", (square, b.constant(0.5, b.real)), b.real)
            value = b.emit(kind, (value, one(away)), type_)
        else:
            value = b.emit(kind, (value, one()), type_)
    for kind in b.rng.choice([["complex.re"], ["complex.im"], ["complex.re", "complex.im"]]):
        b.emit(kind, (value,), b.real)


PRODUCTIONS = (Production("complex numbers", arithmetic),)
