"""Atomic updates of memory: `memref.atomic_rmw` of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from .program import COMPLEX, FLOATS, HEAD, Program, array, dtype_of, values

__all__ = ["updates"]


def _make(what: str, type_: str, signature: str, body: str, *given: Any, **wanted: Any) -> Program:
    return Program(what, type_, f"func.func @main{signature} {{ {HEAD} {body} }}", given, **wanted)


def updates(type_: str) -> Iterator[Program]:
    """`memref.atomic_rmw` of every kind."""
    if type_ in COMPLEX:
        return
    dtype = dtype_of(type_)
    if type_ in FLOATS:
        kinds: dict[str, Any] = {
            "addf": lambda a, b: a + b,
            "mulf": lambda a, b: a * b,
            "assign": lambda a, b: b,
            "maximumf": max,
            "minimumf": min,
            "maxnumf": max,
            "minnumf": min,
        }
    else:
        kinds = {
            "addi": lambda a, b: a + b,
            "muli": lambda a, b: a * b,
            "andi": lambda a, b: a & b,
            "ori": lambda a, b: a | b,
            "xori": lambda a, b: a ^ b,
            "assign": lambda a, b: b,
            "maxs": max,
            "mins": min,
            "maxu": lambda a, b: max(a, b, key=lambda v: v % 2**64),
            "minu": lambda a, b: min(a, b, key=lambda v: v % 2**64),
        }
    held = array(type_, (3,))
    kind = float if type_ in FLOATS else int
    memory = f"memref<3x{type_}>"
    for name, compute in kinds.items():
        for x in values(type_, 2, 2):
            before = [kind(each) for each in held]
            if type_ == "i1" and name in ("maxs", "mins"):
                before = [-each for each in before]
            new = compute(before[1], kind(x) if type_ != "i1" or name not in ("maxs", "mins") else -int(x))
            after = held.copy()
            after[1] = bool(new & 1) if type_ == "i1" else np.asarray(new).astype(dtype)
            yield _make(
                f"memref.atomic_rmw {name}",
                type_,
                f"(%m: {memory}, %x: {type_}) -> {type_}",
                f"%r = memref.atomic_rmw {name} %x, %m[%c1] : ({type_}, {memory}) -> {type_} return %r : {type_}",
                held,
                x,
                results=(held[1],),
                after=((0, after),),
            )
    after = held.copy()
    after[1] = values(type_, 1, 3)[0]
    yield _make(
        "memref.generic_atomic_rmw",
        type_,
        f"(%m: {memory}, %x: {type_}) -> {type_}",
        f"%r = memref.generic_atomic_rmw %m[%c1] : {memory} {{ ^bb0(%old: {type_}): memref.atomic_yield %x : "
        f"{type_} }} return %r : {type_}",
        held,
        values(type_, 1, 3)[0],
        results=(held[1],),
        after=((0, after),),
    )
