"""Loops, branches and calls that carry numbers, memory and tensors: `scf`, `affine`, `cf`, `func`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from .program import COMPLEX, FLOATS, HEAD, TYPES, Program, array, shaped, values

__all__ = ["CONTROL"]

MORE = f"{HEAD} %c3 = arith.constant 3 : index"
KINDS = ("number", "memref", "tensor")
MORE_KINDS = ("memref0", "tensor0", "tensor2", "tensor?")
"""What is carried: numbers, memory and tensors of rank 1, and for some types those of other ranks and sizes."""

MORE_TYPES = ("f64", "i1", "complex<f32>")


def _add(type_: str) -> str:
    """The sum of two values of a type, element by element; of bits it is the exclusive or."""
    if type_ in COMPLEX:
        return "complex.add"
    return "arith.addf" if type_ in FLOATS else "arith.addi"


def _carried(kind: str, type_: str) -> tuple[str, Any, Any]:
    """A type to carry, and two values of it."""
    if kind == "number":
        one, other = values(type_, 2)
        return type_, one, other
    sizes: tuple[int, ...] = {"0": (), "2": (2, 2)}.get(kind[-1], (3,))
    shape = (None,) if kind[-1] == "?" else sizes
    return shaped(kind.rstrip("02?"), shape, type_), array(type_, sizes), array(type_, sizes, 3)


def _swaps(kind: str, type_: str) -> Iterator[Program]:
    """Two values that change places."""
    carried, one, other = _carried(kind, type_)
    both = f"{carried}, {carried}"
    signature = f"(%x: {carried}, %y: {carried}) -> ({both})"
    loops = {
        "scf.for": f"%r:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %x, %b = %y) -> ({both}) {{ "
        f"scf.yield %b, %a : {both} }}",
        "scf.for without a turn": "%r:2 = scf.for %i = %c0 to %c0 step %c1 iter_args(%a = %x, %b = %y) -> "
        f"({both}) {{ scf.yield %b, %a : {both} }}",
        "affine.for": f"%r:2 = affine.for %i = 0 to 3 iter_args(%a = %x, %b = %y) -> ({both}) {{ "
        f"affine.yield %b, %a : {both} }}",
        "scf.while": f"%r:3 = scf.while (%a = %x, %b = %y, %i = %c0) : ({both}, index) -> ({both}, index) {{ "
        f"%t = arith.cmpi slt, %i, %c3 : index scf.condition(%t) %a, %b, %i : {both}, index }} do {{ "
        f"^bb0(%a: {carried}, %b: {carried}, %i: index): %j = arith.addi %i, %c1 : index scf.yield %b, %a, "
        f"%j : {both}, index }}",
        "scf.for in scf.for": f"%r:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %x, %b = %y) -> ({both}) {{ "
        f"%q:2 = scf.for %j = %c0 to %c1 step %c1 iter_args(%c = %a, %d = %b) -> ({both}) {{ scf.yield %d, "
        f"%c : {both} }} "
        f"scf.yield %q#0, %q#1 : {both} }}",
        "scf.if in scf.for": f"%r:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %x, %b = %y) -> ({both}) {{ "
        f"%t = arith.cmpi eq, %i, %c1 : index %q:2 = scf.if %t -> ({both}) {{ scf.yield %b, %a : {both} }} "
        f"else {{ scf.yield %a, %b : {both} }} "
        f"scf.yield %q#0, %q#1 : {both} }}",
    }
    for name, loop in loops.items():
        swapped = (one, other) if name == "scf.for without a turn" else (other, one)
        yield Program(
            f"{name}: a swap of {kind},",
            type_,
            f"func.func @main{signature} {{ {MORE} {loop} return %r#0, %r#1 : {both} }}",
            (one, other),
            swapped,
        )
    yield Program(
        f"scf.if: {kind},",
        type_,
        f"func.func @main(%t: i1, %x: {carried}, %y: {carried}) -> ({both}) {{ "
        f"%r:2 = scf.if %t -> ({both}) {{ scf.yield %y, %x : {both} }} else {{ scf.yield %x, %y : {both} }} "
        f"return %r#0, %r#1 : {both} }}",
        (True, one, other),
        (other, one),
    )
    yield Program(
        f"scf.index_switch: {kind},",
        type_,
        f"func.func @main(%i: index, %x: {carried}, %y: {carried}) -> {carried} {{ "
        f"%r = scf.index_switch %i -> {carried} case 2 {{ scf.yield %y : {carried} }} default {{ scf.yield "
        f"%x : {carried} }} "
        f"return %r : {carried} }}",
        (2, one, other),
        (other,),
    )
    yield Program(
        f"scf.execute_region: {kind},",
        type_,
        f"func.func @main(%x: {carried}) -> {carried} {{ %r = scf.execute_region -> {carried} {{ scf.yield "
        f"%x : {carried} }} "
        f"return %r : {carried} }}",
        (one,),
        (one,),
    )
    yield Program(
        f"affine.if: {kind},",
        type_,
        f"func.func @main(%i: index, %x: {carried}, %y: {carried}) -> {carried} {{ "
        f"%r = affine.if affine_set<(d0) : (d0 - 2 >= 0)>(%i) -> {carried} {{ affine.yield %y : {carried} }} "
        f"else {{ affine.yield %x : {carried} }} "
        f"return %r : {carried} }}",
        (2, one, other),
        (other,),
    )
    yield Program(
        f"cf.cond_br: {kind},",
        type_,
        f"func.func @main(%t: i1, %x: {carried}, %y: {carried}) -> {carried} {{ cf.cond_br %t, ^a(%y : "
        f"{carried}), ^a(%x : {carried}) "
        f"^a(%r: {carried}): cf.br ^b ^b: return %r : {carried} }}",
        (True, one, other),
        (other,),
    )
    yield Program(
        f"cf.switch: {kind},",
        type_,
        f"func.func @main(%t: i32, %x: {carried}, %y: {carried}) -> {carried} {{ "
        f"cf.switch %t : i32, [ default: ^a(%x : {carried}), 3: ^a(%y : {carried}) ] ^a(%r: {carried}): "
        f"return %r : {carried} }}",
        (3, one, other),
        (other,),
    )
    yield Program(
        f"func.call and func.call_indirect: {kind},",
        type_,
        f"func.func private @swap(%x: {carried}, %y: {carried}) -> ({both}) {{ return %y, %x : {both} }} "
        f"func.func @main{signature} {{ %q:2 = call @swap(%x, %y) : ({both}) -> ({both}) "
        f"%f = constant @swap : ({both}) -> ({both}) %r:2 = call_indirect %f(%q#1, %q#1) : ({both}) -> ({both}) "
        f"return %q#0, %r#0 : {both} }}",
        (one, other),
        (other, one),
    )
    yield Program(
        f"recursion: {kind},",
        type_,
        f"func.func private @again(%n: index, %x: {carried}, %y: {carried}) -> ({both}) {{ {HEAD} "
        f"%t = arith.cmpi eq, %n, %c0 : index %r:2 = scf.if %t -> ({both}) {{ scf.yield %x, %y : {both} }} else {{ "
        f"%m = arith.subi %n, %c1 : index %q:2 = func.call @again(%m, %y, %x) : (index, {both}) -> ({both}) "
        f"scf.yield %q#0, %q#1 : {both} }} "
        f"return %r#0, %r#1 : {both} }} "
        f"func.func @main{signature} {{ {MORE} %r:2 = call @again(%c3, %x, %y) : (index, {both}) -> ({both}) "
        f"return %r#0, %r#1 : {both} }}",
        (one, other),
        (other, one),
    )


def _fresh(kind: str, type_: str) -> Iterator[Program]:
    """Loops that make new tensors or buffers in each turn."""
    carried, one, other = _carried(kind, type_)
    plus = _add(type_)
    total = _plus(type_, one, other)
    dims = "%n = tensor.dim %x, %c0 : " + carried if "?" in carried else ""
    size = "[%n]" if "?" in carried else ""
    (number,) = values(type_, 1, 4)
    splat = f"%s = tensor.splat %v{size} : {carried}"
    full = np.full_like(one, number)
    yield Program(
        f"scf.for: a fresh {kind},",
        type_,
        f"func.func @main(%x: {carried}, %v: {type_}) -> {carried} {{ {MORE} {dims} "
        f"%r = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %x) -> ({carried}) {{ {splat} scf.yield %s : "
        f"{carried} }} "
        f"return %r : {carried} }}",
        (one, number),
        (full,),
    )
    if type_ in COMPLEX:
        return
    a, b = one, other
    for _ in range(3):
        a, b = b, _plus(type_, a, b)
    both = f"{carried}, {carried}"
    step = f"%s = {plus} %a, %b : {carried}"
    yield Program(
        f"scf.for: Fibonacci of {kind},",
        type_,
        f"func.func @main(%x: {carried}, %y: {carried}) -> ({both}) {{ {MORE} "
        f"%r:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %x, %b = %y) -> ({both}) {{ {step} "
        f"scf.yield %b, %s : {both} }} "
        f"return %r#0, %r#1 : {both} }}",
        (one, other),
        (a, b),
    )
    yield Program(
        f"affine.for: Fibonacci of {kind},",
        type_,
        f"func.func @main(%x: {carried}, %y: {carried}) -> ({both}) {{ "
        f"%r:2 = affine.for %i = 0 to 3 iter_args(%a = %x, %b = %y) -> ({both}) {{ {step} affine.yield %b, "
        f"%s : {both} }} "
        f"return %r#0, %r#1 : {both} }}",
        (one, other),
        (a, b),
    )
    yield Program(
        f"scf.while: Fibonacci of {kind},",
        type_,
        f"func.func @main(%x: {carried}, %y: {carried}) -> ({both}) {{ {MORE} "
        f"%r:3 = scf.while (%a = %x, %b = %y, %i = %c0) : ({both}, index) -> ({both}, index) {{ "
        f"%t = arith.cmpi slt, %i, %c3 : index scf.condition(%t) %a, %b, %i : {both}, index }} do {{ "
        f"^bb0(%a: {carried}, %b: {carried}, %i: index): {step} %j = arith.addi %i, %c1 : index scf.yield "
        f"%b, %s, %j : {both}, index }} "
        f"return %r#0, %r#1 : {both} }}",
        (one, other),
        (a, b),
    )
    yield Program(
        f"scf.if: a fresh {kind} or an old one,",
        type_,
        f"func.func @main(%t: i1, %x: {carried}, %y: {carried}) -> ({both}) {{ "
        f"%r = scf.if %t -> ({carried}) {{ %s = {plus} %x, %y : {carried} scf.yield %s : {carried} }} else "
        f"{{ scf.yield %x : {carried} }} "
        f"return %r, %x : {both} }}",
        (True, one, other),
        (total, one),
    )
    yield Program(
        f"scf.if in scf.for: a fresh {kind} or an old one,",
        type_,
        f"func.func @main(%x: {carried}, %y: {carried}) -> ({both}) {{ {MORE} "
        f"%r = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %x) -> ({carried}) {{ %t = arith.cmpi eq, %i, "
        "%c1 : index "
        f"%q = scf.if %t -> ({carried}) {{ %s = {plus} %a, %y : {carried} scf.yield %s : {carried} }} else "
        f"{{ scf.yield %a : {carried} }} "
        f"scf.yield %q : {carried} }} return %r, %x : {both} }}",
        (one, other),
        (total, one),
    )
    yield Program(
        f"scf.for: old and new {kind},",
        type_,
        f"func.func @main(%x: {carried}, %y: {carried}) -> ({both}) {{ {MORE} "
        f"%r:2 = scf.for %i = %c0 to %c2 step %c1 iter_args(%a = %x, %b = %x) -> ({both}) {{ %s = {plus} %b, "
        f"%y : {carried} scf.yield %b, %s : {both} }} "
        f"return %r#0, %r#1 : {both} }}",
        (one, other),
        (total, _plus(type_, total, other)),
    )


def _plus(type_: str, one: Any, other: Any) -> Any:
    if type_ == "i1":
        return np.logical_xor(one, other)
    with np.errstate(over="ignore"):
        return one + other


def _loops(type_: str) -> Iterator[Program]:
    """Loops that compute: sums, parallel loops, reductions."""
    plus, memory = _add(type_), f"memref<4x{type_}>"
    tensor = f"tensor<4x{type_}>"
    held = array(type_, (4,))
    (x,) = values(type_, 1, 5)
    total: Any = np.asarray(x, held.dtype)
    for each in held:
        total = np.asarray(_plus(type_, total, each)).astype(held.dtype)
    step = f"%l = memref.load %m[%i] : {memory} %s = {plus} %a, %l : {type_}"
    head = f"func.func @main(%m: {memory}, %x: {type_}) -> {type_} {{ {HEAD} %c4 = arith.constant 4 : index"
    for name, loop in {
        "scf.for": f"%r = scf.for %i = %c0 to %c4 step %c1 iter_args(%a = %x) -> ({type_}) {{ {step} "
        f"scf.yield %s : {type_} }}",
        "affine.for": f"%r = affine.for %i = 0 to 4 iter_args(%a = %x) -> ({type_}) {{ "
        f"{step.replace('memref.load', 'affine.load')} affine.yield %s : {type_} }}",
        "scf.parallel": f"%r = scf.parallel (%i) = (%c0) to (%c4) step (%c1) init (%x) -> {type_} {{ %l = "
        f"memref.load %m[%i] : {memory} "
        f"scf.reduce(%l : {type_}) {{ ^bb0(%a: {type_}, %b: {type_}): %s = {plus} %a, %b : {type_} "
        f"scf.reduce.return %s : {type_} }} }}",
    }.items():
        yield Program(f"{name}: a sum,", type_, f"{head} {loop} return %r : {type_} }}", (held, x), (total,))
    yield Program(
        "scf.for: a sum over a tensor,",
        type_,
        f"func.func @main(%m: {tensor}, %x: {type_}) -> {type_} {{ {HEAD} %c4 = arith.constant 4 : index "
        f"%r = scf.for %i = %c0 to %c4 step %c1 iter_args(%a = %x) -> ({type_}) {{ %l = tensor.extract "
        f"%m[%i] : {tensor} "
        f"%s = {plus} %a, %l : {type_} scf.yield %s : {type_} }} return %r : {type_} }}",
        (held, x),
        (total,),
    )
    yield Program(
        "scf.for: inserts into a tensor,",
        type_,
        f"func.func @main(%m: {tensor}, %x: {type_}) -> ({tensor}, {tensor}) {{ {HEAD} %c4 = arith.constant "
        "4 : index "
        f"%r = scf.for %i = %c0 to %c4 step %c2 iter_args(%a = %m) -> ({tensor}) {{ %l = tensor.insert %x "
        f"into %a[%i] : {tensor} "
        f"scf.yield %l : {tensor} }} return %r, %m : {tensor}, {tensor} }}",
        (held, x),
        (np.where([True, False, True, False], np.full_like(held, x), held), held),
    )
    twice = _plus(type_, held, held)
    for name, loop in {
        "scf.parallel": "scf.parallel (%i) = (%c0) to (%c4) step (%c1) {{ {0} scf.reduce }}",
        "scf.forall": "scf.forall (%i) in (4) {{ {0} }}",
        "affine.parallel": "affine.parallel (%i) = (0) to (4) {{ {1} }}",
        "affine.for": "affine.for %i = 0 to 4 {{ {1} }}",
    }.items():
        body = f"%l = memref.load %m[%i] : {memory} %s = {plus} %l, %l : {type_} memref.store %s, %m[%i] : {memory}"
        loop = loop.format(body, body.replace("memref.load", "affine.load").replace("memref.store", "affine.store"))
        yield Program(
            f"{name}: in place,",
            type_,
            f"func.func @main(%m: {memory}) {{ {HEAD} %c4 = arith.constant 4 : index {loop} return }}",
            (held,),
            (),
            ((0, np.asarray(twice).astype(held.dtype)),),
        )
    kind = {"f64": "addf", "f32": "addf"}.get(type_, "addi" if type_[0] == "i" and type_ not in ("i1", "index") else "")
    if kind:
        yield Program(
            "affine.parallel: a sum,",
            type_,
            f"func.func @main(%m: {memory}) -> {type_} {{ %r = affine.parallel (%i) = (0) to (4) reduce "
            f'("{kind}") -> ({type_}) {{ '
            f"%l = affine.load %m[%i] : {memory} affine.yield %l : {type_} }} return %r : {type_} }}",
            (held,),
            (held.sum().astype(held.dtype),),
        )


def _indices() -> Iterator[Program]:
    """Operations on indices."""
    for name, body, given, wanted in (
        ("affine.apply", "%r = affine.apply affine_map<(d0)[s0] -> (d0 * 3 + s0 floordiv 2)>(%i)[%j]", (5, 7), 18),
        ("affine.min", "%r = affine.min affine_map<(d0, d1) -> (d0 * 3, d1)>(%i, %j)", (5, 7), 7),
        ("affine.max", "%r = affine.max affine_map<(d0, d1) -> (d0 * 3, d1)>(%i, %j)", (5, 7), 15),
        ("affine.linearize_index", "%r = affine.linearize_index [%i, %j] by (4, 9) : index", (2, 7), 25),
        (
            "affine.delinearize_index",
            "%q:2 = affine.delinearize_index %i into (4, 9) : index, index %r = arith.addi %q#0, %q#1 : index",
            (25, 0),
            9,
        ),
    ):
        yield Program(
            name,
            "index",
            f"func.func @main(%i: index, %j: index) -> index {{ {body} return %r : index }}",
            given,
            (wanted,),
        )
    yield Program(
        "affine.prefetch",
        "f64",
        "func.func @main(%m: memref<4xf64>, %i: index) { affine.prefetch %m[%i], read, locality<3>, data : "
        "memref<4xf64> return }",
        (np.zeros(4), 1),
    )
    yield Program("cf.assert", "i1", 'func.func @main(%t: i1) { cf.assert %t, "must hold" return }', (True,))
    yield Program(
        "ub.poison",
        "f64",
        "func.func @main(%x: f64) -> f64 { %p = ub.poison : f64 %t = arith.constant true "
        "%r = arith.select %t, %x, %p : f64 return %r : f64 }",
        (1.5,),
        (1.5,),
    )


def _all() -> Iterator[Program]:
    for type_ in TYPES:
        for kind in (*KINDS, *(MORE_KINDS if type_ in MORE_TYPES else ())):
            yield from _swaps(kind, type_)
            if kind.startswith("tensor"):
                yield from _fresh(kind, type_)
        yield from _loops(type_)
    yield from _indices()


CONTROL = list(_all())
"""All of these programs."""
