"""Structured operations with a body, or with dimensions."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .forms import both
from .program import COMPLEX, FLOATS, TYPES, Program, array, shaped

__all__ = ["regions"]


def regions() -> Iterator[Program]:
    """Operations with a body, or with dimensions."""
    for type_ in TYPES:
        plus = "complex.add" if type_ in COMPLEX else "arith.addf" if type_ in FLOATS else "arith.addi"
        a, b = array(type_, (2, 3)), array(type_, (2, 3), 2)
        total = (a ^ b) if type_ == "i1" else a + b
        yield from both(
            "broadcast", type_, [(type_, a[0])], (type_, b), np.stack([a[0], a[0]]), tail=" dimensions = [0]"
        )
        yield from both("transpose", type_, [(type_, a)], (type_, b.reshape(3, 2)), a.T, tail=" permutation = [1, 0]")
        body = f"(%p: {type_}, %q: {type_}"
        add = f" {{ %s = {plus} %p, %q : {type_} linalg.yield %s : {type_} }}"
        along = np.bitwise_xor.reduce(a, axis=1, initial=False) if type_ == "i1" else a.sum(axis=1, dtype=a.dtype)
        yield from both(
            "reduce",
            type_,
            [(type_, a)],
            (type_, np.zeros(2, a.dtype)),
            along,
            tail=f" dimensions = [1] {body}) {add}",
            tolerance=16.0,
        )
        yield from both(
            "map",
            type_,
            [(type_, a), (type_, b)],
            (type_, np.zeros_like(a)),
            total,
            tail=f" {body}, %o: {type_}) {add}",
        )
        maps = (
            "{indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>, affine_map<(i, "
            "j) -> (i, j)>], "
            'iterator_types = ["parallel", "parallel"]} '
        )
        for kind in ("memref", "tensor"):
            shape = shaped(kind, (2, 3), type_)
            does = (
                f"linalg.generic {maps} ins(%a, %b : {shape}, {shape}) outs(%c : {shape}) {{ ^bb0(%p: "
                f"{type_}, %q: {type_}, %o: {type_}): %i = linalg.index 0 : index {add.strip(' {}')} }}"
            )
            if kind == "memref":
                text = f"func.func @main(%a: {shape}, %b: {shape}, %c: {shape}) {{ {does} return }}"
                yield Program("linalg.generic on memrefs,", type_, text, (a, b, a), (), ((2, total),))
            else:
                text = (
                    f"func.func @main(%a: {shape}, %b: {shape}, %c: {shape}) -> {shape} {{ %r = {does} -> "
                    f"{shape} return %r : {shape} }}"
                )
                yield Program("linalg.generic on tensors,", type_, text, (a, b, a), (total,))
        if type_ in FLOATS:
            wide = a.astype(np.float64)
            soft = np.exp(wide - wide.max(1, keepdims=True))
            soft = (soft / soft.sum(1, keepdims=True)).astype(a.dtype)
            for kind in ("memref", "tensor"):
                shape = shaped(kind, (2, 3), type_)
                does = f"linalg.softmax dimension(1) ins(%a : {shape}) outs(%b : {shape})"
                if kind == "memref":
                    yield Program(
                        "linalg.softmax on memrefs,",
                        type_,
                        f"func.func @main(%a: {shape}, %b: {shape}) {{ {does} return }}",
                        (a, b),
                        (),
                        ((1, soft),),
                        16.0,
                    )
                else:
                    yield Program(
                        "linalg.softmax on tensors,",
                        type_,
                        f"func.func @main(%a: {shape}, %b: "
                        f"{shape}) -> {shape} {{ %r = {does} -> {shape} return %r : {shape} }}",
                        (a, b),
                        (soft,),
                        (),
                        16.0,
                    )
        flat, tiled = shaped("tensor", (4, 4), type_), shaped("tensor", (2, 2, 2, 2), type_)
        held = array(type_, (4, 4))
        packed = held.reshape(2, 2, 2, 2).transpose(0, 2, 1, 3)
        how = "inner_dims_pos = [0, 1] inner_tiles = [2, 2]"
        yield Program(
            "linalg.pack",
            type_,
            f"func.func @main(%a: {flat}, %b: {tiled}) -> {tiled} {{ %r = linalg.pack %a {how} into %b : "
            f"{flat} -> {tiled} return %r : {tiled} }}",
            (held, packed),
            (packed,),
        )
        yield Program(
            "linalg.unpack",
            type_,
            f"func.func @main(%a: {tiled}, %b: {flat}) -> {flat} {{ %r = linalg.unpack %a {how} into %b : "
            f"{tiled} -> {flat} return %r : {flat} }}",
            (packed, held),
            (held,),
        )
        if type_ in (*FLOATS, "i32"):
            square = shaped("memref", (2, 2), type_)
            maps = (
                "indexing_maps = [affine_map<(i, j, k) -> (i, k)>, affine_map<(i, j, k) -> (k, j)>, "
                "affine_map<(i, j, k) -> (i, j)>]"
            )
            x, y = array(type_, (2, 2)), array(type_, (2, 2), 3)
            yield Program(
                "linalg.contract on memrefs,",
                type_,
                f"func.func @main(%a: {square}, %b: {square}, %c: {square}) {{ linalg.contract {maps} "
                f"ins(%a, %b : {square}, {square}) outs(%c : {square}) return }}",
                (x, y, np.zeros_like(x)),
                (),
                ((2, (x.astype(np.float64) @ y.astype(np.float64)).astype(x.dtype)),),
                64.0,
            )
            kind = "#linalg.elementwise_kind<add>"
            yield Program(
                "linalg.elementwise on memrefs,",
                type_,
                f"func.func @main(%a: {square}, %b: {square}, %c: {square}) {{ linalg.elementwise "
                f"kind={kind} ins(%a, %b : {square}, {square}) outs(%c : {square}) return }}",
                (x, y, np.zeros_like(x)),
                (),
                ((2, x + y),),
            )
