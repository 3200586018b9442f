"""Operations on tensors: `tensor`, `bufferization`, and constants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from .program import HEAD, TYPES, Program, array, dtype_of, literal_of, shaped, values

__all__ = ["TENSORS"]


def _make(what: str, type_: str, signature: str, body: str, *given: Any, **wanted: Any) -> Program:
    return Program(what, type_, f"func.func @main{signature} {{ {HEAD} {body} }}", given, **wanted)


def _of_every_rank(type_: str) -> Iterator[Program]:
    dtype = dtype_of(type_)
    (x,) = values(type_, 1, 3)
    shapes: tuple[tuple[int, ...], ...] = ((), (3,), (2, 3))
    for shape in shapes:
        rank = len(shape)
        tensor, at = shaped("tensor", shape, type_), (1,) * rank
        indices = ", ".join(["%c1"] * rank)
        held = array(type_, shape)
        changed = held.copy()
        changed[at] = x
        yield _make(
            f"tensor.extract of rank {rank},",
            type_,
            f"(%t: {tensor}) -> {type_}",
            f"%r = tensor.extract %t[{indices}] : {tensor} return %r : {type_}",
            held,
            results=(held[at],),
        )
        yield _make(
            f"tensor.insert of rank {rank},",
            type_,
            f"(%t: {tensor}, %x: {type_}) -> ({tensor}, {tensor})",
            f"%r = tensor.insert %x into %t[{indices}] : {tensor} return %r, %t : {tensor}, {tensor}",
            held,
            x,
            results=(changed, held),
        )
        yield _make(
            f"tensor.splat of rank {rank},",
            type_,
            f"(%x: {type_}) -> {tensor}",
            f"%r = tensor.splat %x : {tensor} return %r : {tensor}",
            x,
            results=(np.full(shape, x, dtype),),
        )
        yield _make(
            f"arith.constant of rank {rank},",
            type_,
            f"() -> ({tensor}, {tensor})",
            f"%r = arith.constant dense<{literal_of(type_, held)}> : {tensor} "
            f"%s = arith.constant dense<{literal_of(type_, held.flat[0])}> : {tensor} return %r, %s : "
            f"{tensor}, {tensor}",
            results=(held, np.full(shape, held.flat[0], dtype)),
        )
        yield _make(
            f"arith.select of tensors of rank {rank},",
            type_,
            f"(%b: i1, %t: {tensor}, %u: {tensor}) -> {tensor}",
            f"%r = arith.select %b, %t, %u : {tensor} return %r : {tensor}",
            False,
            held,
            changed,
            results=(changed,),
        )
        mask = shaped("tensor", shape, "i1")
        chosen = array("i1", shape)
        yield _make(
            f"arith.select by element of rank {rank},",
            type_,
            f"(%b: {mask}, %t: {tensor}, %u: {tensor}) -> {tensor}",
            f"%r = arith.select %b, %t, %u : {mask}, {tensor} return %r : {tensor}",
            chosen,
            held,
            array(type_, shape, 2),
            results=(np.where(chosen, held, array(type_, shape, 2)),),
        )
        yield _make(
            f"tensors as arguments and results of calls, of rank {rank},",
            type_,
            f"(%t: {tensor}, %x: {type_}) -> ({tensor}, {tensor})",
            f"%r = call @change(%t, %x) : ({tensor}, {type_}) -> {tensor} return %r, %t : {tensor}, {tensor} }} "
            f"func.func private @change(%t: {tensor}, %x: {type_}) -> {tensor} {{ {HEAD} "
            f"%r = tensor.insert %x into %t[{indices}] : {tensor} return %r : {tensor}",
            held,
            x,
            results=(changed, held),
        )
        filled = np.full(shape, x, dtype)
        yield _make(
            f"tensor.empty and linalg.fill of rank {rank},",
            type_,
            f"(%x: {type_}) -> {tensor}",
            f"%e = tensor.empty() : {tensor} %r = linalg.fill ins(%x : {type_}) outs(%e : {tensor}) -> {tensor} "
            f"return %r : {tensor}",
            x,
            results=(filled,),
        )
        yield _make(
            f"bufferization.alloc_tensor and more of rank {rank},",
            type_,
            f"(%t: {tensor}, %m: {shaped('memref', shape, type_)}) -> {tensor}",
            f"%c = bufferization.alloc_tensor() copy(%t) : {tensor} "
            f"bufferization.materialize_in_destination %c in restrict writable %m : "
            f"({tensor}, {shaped('memref', shape, type_)}) -> () return %c : {tensor}",
            held,
            changed,
            results=(held,),
            after=((1, held),),
        )
        yield _make(
            f"bufferization.to_buffer and to_tensor of rank {rank},",
            type_,
            f"(%m: {shaped('memref', shape, type_)}, %x: {type_}) -> {tensor}",
            f"%t = bufferization.to_tensor %m restrict : {shaped('memref', shape, type_)} to {tensor} "
            f"%u = tensor.insert %x into %t[{indices}] : {tensor} return %u : {tensor}",
            held,
            x,
            results=(changed,),
            after=((0, None),),
        )
        if rank:
            open_ = shaped("tensor", (None,) * rank, type_)
            yield _make(
                f"tensor.cast and tensor.dim of rank {rank},",
                type_,
                f"(%t: {tensor}) -> ({open_}, index, index)",
                f"%r = tensor.cast %t : {tensor} to {open_} %n = tensor.dim %r, %c0 : {open_} "
                f"%k = tensor.rank %r : {open_} return %r, %n, %k : {open_}, index, index",
                held,
                results=(held, shape[0], rank),
            )


def _of_one_rank(type_: str) -> Iterator[Program]:
    (x,) = values(type_, 1, 3)
    two, four, grid = f"tensor<2x{type_}>", f"tensor<4x{type_}>", f"tensor<2x2x{type_}>"
    held, small, square = array(type_, (4,)), array(type_, (2,), 2), array(type_, (2, 2))
    changed = held.copy()
    changed[1:3] = small
    yield _make(
        "tensor.from_elements",
        type_,
        f"(%x: {type_}, %y: {type_}) -> ({two}, tensor<{type_}>)",
        f"%r = tensor.from_elements %x, %y : {two} %s = tensor.from_elements %y : tensor<{type_}> "
        f"return %r, %s : {two}, tensor<{type_}>",
        *values(type_, 2),
        results=(array(type_, (2,)), array(type_, (2,))[1]),
    )
    yield _make(
        "tensor.extract_slice",
        type_,
        f"(%t: {four}) -> {two}",
        f"%r = tensor.extract_slice %t[1] [2] [2] : {four} to {two} return %r : {two}",
        held,
        results=(held[1::2],),
    )
    yield _make(
        "tensor.insert_slice",
        type_,
        f"(%t: {four}, %u: {two}) -> ({four}, {four})",
        f"%r = tensor.insert_slice %u into %t[1] [2] [1] : {two} into {four} return %r, %t : {four}, {four}",
        held,
        small,
        results=(changed, held),
    )
    yield _make(
        "tensor.expand_shape",
        type_,
        f"(%t: {four}) -> {grid}",
        f"%r = tensor.expand_shape %t [[0, 1]] output_shape [2, 2] : {four} into {grid} return %r : {grid}",
        held,
        results=(held.reshape(2, 2),),
    )
    yield _make(
        "tensor.collapse_shape",
        type_,
        f"(%t: {grid}) -> {four}",
        f"%r = tensor.collapse_shape %t [[0, 1]] : {grid} into {four} return %r : {four}",
        square,
        results=(square.reshape(4),),
    )
    yield _make(
        "tensor.reshape",
        type_,
        f"(%t: {four}, %n: tensor<2xindex>) -> {grid}",
        f"%r = tensor.reshape %t(%n) : ({four}, tensor<2xindex>) -> {grid} return %r : {grid}",
        held,
        np.array([2, 2]),
        results=(held.reshape(2, 2),),
    )
    padded = np.concatenate([np.full(1, x, held.dtype), held, np.full(2, x, held.dtype)])
    yield _make(
        "tensor.pad",
        type_,
        f"(%t: {four}, %x: {type_}) -> tensor<7x{type_}>",
        f"%r = tensor.pad %t low[1] high[2] {{ ^bb0(%i: index): tensor.yield %x : {type_} }} : {four} to "
        f"tensor<7x{type_}> "
        f"return %r : tensor<7x{type_}>",
        held,
        x,
        results=(padded,),
    )
    yield _make(
        "tensor.concat",
        type_,
        f"(%t: {four}, %u: {two}) -> tensor<6x{type_}>",
        f"%r = tensor.concat dim(0) %t, %u : ({four}, {two}) -> tensor<6x{type_}> return %r : tensor<6x{type_}>",
        held,
        small,
        results=(np.concatenate([held, small]),),
    )
    yield _make(
        "tensor.generate",
        type_,
        f"(%t: {four}) -> {four}",
        f"%c3 = arith.constant 3 : index %r = tensor.generate {{ ^bb0(%i: index): %j = arith.subi %c3, %i : index "
        f"%x = tensor.extract %t[%j] : {four} tensor.yield %x : {type_} }} : {four} return %r : {four}",
        held,
        results=(held[::-1],),
    )
    yield _make(
        "tensor.gather",
        type_,
        f"(%t: {four}, %i: tensor<3x1xindex>) -> tensor<3x1x{type_}>",
        f"%r = tensor.gather %t[%i] gather_dims([0]) : ({four}, tensor<3x1xindex>) -> tensor<3x1x{type_}> "
        f"return %r : tensor<3x1x{type_}>",
        held,
        np.array([[3], [0], [1]]),
        results=(held[[3, 0, 1]].reshape(3, 1),),
    )
    yield _make(
        "tensor.scatter",
        type_,
        f"(%s: tensor<2x1x{type_}>, %t: {four}, %i: tensor<2x1xindex>) -> {four}",
        f"%r = tensor.scatter %s into %t[%i] scatter_dims([0]) unique : (tensor<2x1x{type_}>, {four}, "
        "tensor<2x1xindex>) "
        f"-> {four} return %r : {four}",
        small.reshape(2, 1),
        held,
        np.array([[1], [2]]),
        results=(changed,),
    )
    yield _make(
        "tensor.parallel_insert_slice",
        type_,
        f"(%t: {four}, %x: {type_}) -> {four}",
        f"%r = scf.forall (%i) in (2) shared_outs(%o = %t) -> ({four}) {{ %s = tensor.splat %x : tensor<1x{type_}> "
        f"scf.forall.in_parallel {{ tensor.parallel_insert_slice %s into %o[%i] [1] [1] : tensor<1x{type_}> "
        f"into {four} }} }} "
        f"return %r : {four}",
        held,
        x,
        results=(np.concatenate([np.full(2, x, held.dtype), held[2:]]),),
    )
    whole = {"f64": "i64", "f32": "i32", "f16": "i16", "bf16": "i16"}.get(type_)
    if whole:
        yield _make(
            "tensor.bitcast and arith.bitcast",
            type_,
            f"(%t: {four}) -> (tensor<4x{whole}>, tensor<4x{whole}>)",
            f"%r = tensor.bitcast %t : {four} to tensor<4xi{whole[1:]}> %s = arith.bitcast %t : {four} to "
            f"tensor<4x{whole}> "
            f"return %r, %s : tensor<4x{whole}>, tensor<4x{whole}>",
            held,
            results=(held.view(dtype_of(whole)), held.view(dtype_of(whole))),
        )


TENSORS = [program for type_ in TYPES for make in (_of_every_rank, _of_one_rank) for program in make(type_)]
"""All of these programs."""
