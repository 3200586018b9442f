"""From numbers of one type to numbers of another, and operations with several results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from .program import COMPLEX, FLOATS, INTEGERS, Program, array, dtype_of, shaped

__all__ = ["CONVERSIONS"]

BITS = {"i1": 1, "i8": 8, "i16": 16, "i32": 32, "i64": 64}
WIDTH = {"f64": 64, "f32": 32, "f16": 16, "bf16": 16}


def _signed(value: int, bits: int) -> int:
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def _convert(name: str, source: str, target: str, value: Any) -> Any:
    """What a conversion gives."""
    if name in ("extsi", "sitofp"):
        value = -int(value) if source == "i1" else int(value)
    elif name in ("extui", "uitofp"):
        value = int(value) & ((1 << BITS[source]) - 1)
    if target in BITS:
        number = _signed(int(value), BITS[target])
        return bool(number & 1) if target == "i1" else number
    return float(value)


def _pairs() -> Iterator[tuple[str, str, str]]:
    for source in BITS:
        for target in BITS:
            if BITS[source] < BITS[target]:
                yield "extsi", source, target
                yield "extui", source, target
            if BITS[source] > BITS[target]:
                yield "trunci", source, target
        for target in FLOATS:
            yield "sitofp", source, target
            yield "uitofp", source, target
            if source != "i1":
                yield "fptosi", target, source
                yield "fptoui", target, source
    for source in FLOATS:
        for target in FLOATS:
            if WIDTH[source] < WIDTH[target]:
                yield "extf", source, target
            if WIDTH[source] > WIDTH[target]:
                yield "truncf", source, target


def _casts() -> Iterator[Program]:
    for name, source, target in _pairs():
        given = array(source, (4,))
        if name == "fptoui":
            given = np.abs(given)
        wanted = np.array(
            [_convert(name, source, target, each.item() if source != "bf16" else float(each)) for each in given]
        )
        with np.errstate(over="ignore"):
            wanted = wanted.astype(dtype_of(target))
        yield Program(
            f"arith.{name} to {target}",
            source,
            f"func.func @main(%x: {source}) -> {target} {{ %r = arith.{name} %x : {source} to {target} "
            f"return %r : {target} }}",
            (float(given[1]) if source in FLOATS else given[1].item(),),
            (wanted[1],),
        )
        before, after = shaped("tensor", (4,), source), shaped("tensor", (4,), target)
        yield Program(
            f"arith.{name} of tensors to {target}",
            source,
            f"func.func @main(%x: {before}) -> {after} {{ %r = arith.{name} %x : {before} to {after} return "
            f"%r : {after} }}",
            (given,),
            (wanted,),
        )
    for type_ in ("i8", "i16", "i32", "i64"):
        for name in ("arith.index_cast", "arith.index_castui", "index.casts", "index.castu"):
            value = -3
            whole = value & ((1 << BITS[type_]) - 1) if name.endswith(("ui", "castu")) else value
            yield Program(
                name,
                type_,
                f"func.func @main(%x: {type_}) -> (index, {type_}) {{ %r = {name} %x : {type_} to index "
                f"%s = {name} %r : index to {type_} return %r, %s : index, {type_} }}",
                (value,),
                (_signed(whole, 64), value),
            )
    for source, target in (("f64", "i64"), ("f32", "i32"), ("f16", "i16"), ("bf16", "i16")):
        given = array(source, (1,))
        yield Program(
            "arith.bitcast",
            source,
            f"func.func @main(%x: {source}) -> ({target}, {source}) {{ %r = arith.bitcast %x : {source} to {target} "
            f"%s = arith.bitcast %r : {target} to {source} return %r, %s : {target}, {source} }}",
            (float(given[0]),),
            (given.view(dtype_of(target))[0], given[0]),
        )


def _several() -> Iterator[Program]:
    """Operations with several results, and constants."""
    for type_ in ("i8", "i16", "i32", "i64"):
        bits = BITS[type_]
        low, high = -3, 5
        unsigned = (low & ((1 << bits) - 1)) * high
        total = (low & ((1 << bits) - 1)) + high
        for name, results in (
            ("mulsi_extended", (_signed(low * high, bits), _signed(low * high >> bits, bits))),
            ("mului_extended", (_signed(unsigned, bits), _signed(unsigned >> bits, bits))),
        ):
            yield Program(
                f"arith.{name}",
                type_,
                f"func.func @main(%x: {type_}, %y: {type_}) -> ({type_}, {type_}) {{ %l, %h = arith.{name} "
                f"%x, %y : {type_} "
                f"return %l, %h : {type_}, {type_} }}",
                (low, high),
                results,
            )
        yield Program(
            "arith.addui_extended",
            type_,
            f"func.func @main(%x: {type_}, %y: {type_}) -> ({type_}, i1) {{ %l, %h = arith.addui_extended "
            f"%x, %y : {type_}, i1 "
            f"return %l, %h : {type_}, i1 }}",
            (low, high),
            (_signed(total, bits), bool(total >> bits)),
        )
        for name, wanted in (("ctlz", bits - 3), ("cttz", 0)):
            yield Program(
                f"math.{name}",
                type_,
                f"func.func @main(%x: {type_}) -> {type_} {{ %r = math.{name} %x : {type_} return %r : {type_} }}",
                (5,),
                (wanted,),
            )
    for type_ in FLOATS:
        yield Program(
            "math.sincos",
            type_,
            f"func.func @main(%x: {type_}) -> ({type_}, {type_}) {{ %s, %c = math.sincos %x : {type_} return "
            f"%s, %c : {type_}, {type_} }}",
            (0.5,),
            (np.sin(0.5).astype(dtype_of(type_)), np.cos(0.5).astype(dtype_of(type_))),
        )
        yield Program(
            "math.fpowi",
            type_,
            f"func.func @main(%x: {type_}, %n: i32) -> {type_} {{ %r = math.fpowi %x, %n : {type_}, i32 "
            f"return %r : {type_} }}",
            (1.5, -3),
            (np.asarray(1.5**-3).astype(dtype_of(type_)),),
        )
        yield Program(
            "math.clampf",
            type_,
            f"func.func @main(%x: {type_}, %a: {type_}, %b: {type_}) -> {type_} {{ %r = math.clampf %x to "
            f"[%a, %b] : {type_} return %r : {type_} }}",
            (7.0, -1.5, 2.5),
            (2.5,),
        )
    for type_ in (*FLOATS, *INTEGERS):
        suffix = "" if type_ == "i1" else f" : {type_}"
        literal = {"f": "2.5", "b": "2.5", "i": "-3"}[type_[0]] if type_ != "i1" else "true"
        yield Program(
            "arith.constant",
            type_,
            f"func.func @main() -> {type_} {{ %r = arith.constant {literal}{suffix} return %r : {type_} }}",
            (),
            (True if type_ == "i1" else np.asarray(float(literal)).astype(dtype_of(type_)),),
        )
        yield Program(
            "arith.select",
            type_,
            f"func.func @main(%b: i1, %x: {type_}, %y: {type_}) -> {type_} {{ %r = arith.select %b, %x, %y : "
            f"{type_} return %r : {type_} }}",
            (False, *(array(type_, (2,)).tolist() if type_ != "bf16" else (1.5, -2.25))),
            (array(type_, (2,))[1],),
        )
    yield Program(
        "index.constant and more",
        "index",
        "func.func @main() -> (index, i1, index) { %r = index.constant 7 %b = index.bool.constant true %s = "
        "index.sizeof return %r, %b, %s : index, i1, index }",
        (),
        (7, True, 64),
    )
    for type_ in COMPLEX:
        part = type_[8:-1]

        yield Program(
            "complex.create and complex.constant",
            type_,
            f"func.func @main(%x: {part}, %y: {part}) -> ({type_}, {type_}) {{ %r = complex.create %x, %y : {type_} "
            f"%s = complex.constant [1.5 : {part}, -2.0 : {part}] : {type_} return %r, %s : {type_}, {type_} }}",
            (1.5, -0.5),
            (1.5 - 0.5j, 1.5 - 2j),
        )
        yield Program(
            "complex.powi",
            type_,
            f"func.func @main(%x: {type_}, %n: i32) -> {type_} {{ %r = complex.powi %x, %n : {type_}, i32 "
            f"return %r : {type_} }}",
            (1.5 - 0.5j, 3),
            (np.asarray((1.5 - 0.5j) ** 3).astype(dtype_of(type_)),),
            tolerance=32,
        )
        wide = "i64" if part == "f32" else "i128"
        yield Program(
            "complex.bitcast",
            type_,
            f"func.func @main(%x: {type_}) -> {type_} {{ %r = complex.bitcast %x : {type_} to {wide} %s = "
            f"complex.bitcast %r : {wide} to {type_} return %s : {type_} }}",
            (1.5 - 0.5j,),
            (1.5 - 0.5j,),
        )

    scale = "f8E8M0FNU"
    yield Program(
        "arith.scaling_extf",
        "f32",
        f"func.func @main(%x: f32) -> f32 {{ %t = arith.truncf %x : f32 to f8E5M2 %s = arith.truncf %x : f32 "
        f"to {scale} "
        f"%r = arith.scaling_extf %t, %s : f8E5M2, {scale} to f32 return %r : f32 }}",
        (2.0,),
        (4.0,),
    )
    yield Program(
        "arith.scaling_truncf",
        "f32",
        f"func.func @main(%x: f32) -> f32 {{ %s = arith.truncf %x : f32 to {scale} %r = arith.scaling_truncf "
        f"%x, %s : f32, {scale} to f8E5M2 "
        f"%t = arith.extf %r : f8E5M2 to f32 return %t : f32 }}",
        (2.0,),
        (1.0,),
    )


CONVERSIONS = [*_casts(), *_several()]
"""All of these programs."""
