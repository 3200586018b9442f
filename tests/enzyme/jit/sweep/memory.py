"""Operations on memory: `memref`, with every element type and rank."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from .program import HEAD, TYPES, Program, array, dtype_of, literal_of, shaped, values
from .updates import updates

__all__ = ["MEMORY"]

SHAPES: tuple[tuple[int, ...], ...] = ((), (3,), (2, 3))


def _number(type_: str, position: int = 0) -> Any:
    (value,) = values(type_, 1, position)
    return value


def _indices(rank: int) -> str:
    return ", ".join(["%c1"] * rank)


def _make(what: str, type_: str, signature: str, body: str, *given: Any, beside: str = "", **wanted: Any) -> Program:
    """A program whose function has some often used constants; `beside` it stands what else the module has."""
    return Program(what, type_, f"{beside} func.func @main{signature} {{ {HEAD} {body} }}", given, **wanted)


def _of_every_rank(type_: str) -> Iterator[Program]:
    x = _number(type_, 3)
    for shape in SHAPES:
        rank = len(shape)
        memory, at = shaped("memref", shape, type_), (1,) * rank
        indices = _indices(rank)
        held = array(type_, shape)
        changed = held.copy()
        changed[at] = x
        store = f"memref.store %x, %m[{indices}] : {memory}"
        load = f"%r = memref.load %m[{indices}] : {memory}"
        yield _make(
            f"memref.load of rank {rank},",
            type_,
            f"(%m: {memory}) -> {type_}",
            f"{load} return %r : {type_}",
            held,
            results=(held[at],),
        )
        yield _make(
            f"memref.store of rank {rank},",
            type_,
            f"(%m: {memory}, %x: {type_})",
            f"{store} return",
            held,
            x,
            after=((0, changed),),
        )
        for alloc in ("alloc", "alloca"):
            yield _make(
                f"memref.{alloc} of rank {rank},",
                type_,
                f"(%x: {type_}) -> {type_}",
                f"%m = memref.{alloc}() : {memory} {store} {load} return %r : {type_}",
                x,
                results=(changed[at],),
            )
        yield _make(
            f"memref.alloc and dealloc of rank {rank},",
            type_,
            f"(%x: {type_}) -> {type_}",
            f"%m = memref.alloc() {{alignment = 64 : i64}} : {memory} {store} {load} memref.dealloc %m : "
            f"{memory} return %r : {type_}",
            x,
            results=(changed[at],),
        )
        yield _make(
            f"memref.copy of rank {rank},",
            type_,
            f"(%m: {memory}, %n: {memory})",
            f"memref.copy %m, %n : {memory} to {memory} return",
            held,
            np.zeros_like(held),
            after=((1, held),),
        )
        yield _make(
            f"a result of rank {rank},",
            type_,
            f"(%x: {type_}) -> {memory}",
            f"%m = memref.alloc() : {memory} linalg.fill ins(%x : {type_}) outs(%m : {memory}) return %m : {memory}",
            x,
            results=(np.full_like(held, x),),
        )
        yield _make(
            f"an argument as a result of rank {rank},",
            type_,
            f"(%m: {memory}) -> ({memory}, {memory})",
            f"return %m, %m : {memory}, {memory}",
            held,
            results=(held, held),
        )
        yield _make(
            f"arith.select of memory of rank {rank},",
            type_,
            f"(%b: i1, %m: {memory}, %n: {memory}) -> {type_}",
            f"%s = arith.select %b, %m, %n : {memory} {load.replace('%m', '%s')} return %r : {type_}",
            False,
            held,
            changed,
            results=(changed[at],),
        )
        yield _make(
            f"memref.get_global of rank {rank},",
            type_,
            f"(%x: {type_}) -> {type_}",
            f"%m = memref.get_global @g : {memory} {store} {load} return %r : {type_}",
            x,
            beside=f'memref.global "private" @g : {memory} = uninitialized',
            results=(changed[at],),
        )
        yield _make(
            f"memref.cast of rank {rank},",
            type_,
            f"(%m: {memory}) -> {type_}",
            f"%d = memref.cast %m : {memory} to {shaped('memref', (None,) * rank, type_)} "
            f"%u = memref.cast %d : {shaped('memref', (None,) * rank, type_)} to memref<*x{type_}> "
            f"%k = memref.rank %u : memref<*x{type_}> "
            f"%n = memref.cast %u : memref<*x{type_}> to {memory} {load.replace('%m', '%n')} return %r : {type_}",
            held,
            results=(held[at],),
        )
        if rank:
            dynamic = shaped("memref", (None,) * rank, type_)
            sizes = ", ".join(f"%n{position}" for position in range(rank))
            dims = " ".join(f"%n{position} = memref.dim %m, %c{position} : {dynamic}" for position in range(rank))
            yield _make(
                f"memory of dynamic sizes of rank {rank},",
                type_,
                f"(%m: {dynamic}) -> {dynamic}",
                f"{dims} %n = memref.alloc({sizes}) : {dynamic} memref.copy %m, %n : {dynamic} to {dynamic} "
                f"return %n : {dynamic}",
                held,
                results=(held,),
            )
            strided = f"memref<{'x'.join('?' * rank)}x{type_}, strided<[{', '.join('?' * rank)}], offset: ?>>"
            yield _make(
                f"strided memory of rank {rank},",
                type_,
                f"(%m: {strided}, %x: {type_}) -> {strided}",
                f"memref.store %x, %m[{indices}] : {strided} return %m : {strided}",
                np.asfortranarray(held),
                x,
                results=(changed,),
                after=((0, changed),),
            )


def _of_one_rank(type_: str) -> Iterator[Program]:
    x = _number(type_, 3)
    two, four = f"memref<2x{type_}>", f"memref<4x{type_}>"
    square = f"memref<2x2x{type_}>"
    held, grid = array(type_, (4,)), array(type_, (2, 2))
    changed = held.copy()
    changed[2] = x
    part = f"memref<2x{type_}, strided<[1], offset: 1>>"
    yield _make(
        "memref.subview",
        type_,
        f"(%m: {four}, %x: {type_})",
        f"%s = memref.subview %m[1] [2] [1] : {four} to {part} memref.store %x, %s[%c1] : {part} return",
        held,
        x,
        after=((0, changed),),
    )
    spread = f"memref<2x{type_}, strided<[2]>>"
    copied = held.copy()
    copied[::2] = array(type_, (2,), 1)
    yield _make(
        "memref.copy into a subview",
        type_,
        f"(%m: {four}, %n: {two})",
        f"%s = memref.subview %m[0] [2] [2] : {four} to {spread} memref.copy %n, %s : {two} to {spread} return",
        held,
        array(type_, (2,), 1),
        after=((0, copied),),
    )
    yield _make(
        "memref.subview as a result",
        type_,
        f"(%m: {four}) -> {spread}",
        f"%s = memref.subview %m[0] [2] [2] : {four} to {spread} return %s : {spread}",
        held,
        results=(held[::2],),
    )
    yield _make(
        "memref.reinterpret_cast",
        type_,
        f"(%m: {four}) -> {square}",
        f"%s = memref.reinterpret_cast %m to offset: [0], sizes: [2, 2], strides: [2, 1] : {four} to "
        f"{square} return %s : {square}",
        held,
        results=(held.reshape(2, 2),),
    )
    yield _make(
        "memref.expand_shape",
        type_,
        f"(%m: {four}) -> {square}",
        f"%s = memref.expand_shape %m [[0, 1]] output_shape [2, 2] : {four} into {square} return %s : {square}",
        held,
        results=(held.reshape(2, 2),),
    )
    yield _make(
        "memref.collapse_shape",
        type_,
        f"(%m: {square}) -> {four}",
        f"%s = memref.collapse_shape %m [[0, 1]] : {square} into {four} return %s : {four}",
        grid,
        results=(grid.reshape(4),),
    )
    turned = f"memref<2x2x{type_}, strided<[1, 2]>>"
    yield _make(
        "memref.transpose",
        type_,
        f"(%m: {square}) -> {turned}",
        f"%s = memref.transpose %m (i, j) -> (j, i) : {square} to {turned} return %s : {turned}",
        grid,
        results=(grid.T,),
    )
    yield _make(
        "memref.reshape",
        type_,
        f"(%m: {four}, %n: memref<2xindex>) -> {square}",
        f"%s = memref.reshape %m(%n) : ({four}, memref<2xindex>) -> {square} return %s : {square}",
        held,
        np.array([2, 2]),
        results=(held.reshape(2, 2),),
    )
    size = dtype_of(type_).itemsize
    yield _make(
        "memref.view",
        type_,
        f"(%m: memref<{8 * size}xi8>, %x: {type_}) -> {type_}",
        f"%i = arith.constant {4 * size} : index %s = memref.view %m[%i][] : memref<{8 * size}xi8> to {four} "
        f"memref.store %x, %s[%c1] : {four} %r = memref.load %s[%c1] : {four} return %r : {type_}",
        np.zeros(8 * size, np.int8),
        x,
        results=(np.asarray(x, dtype_of(type_)),),
        after=((0, _bytes_with(type_, 5, 8, x)),),
    )
    yield _make(
        "memref.realloc",
        type_,
        f"(%x: {type_}) -> {four}",
        f"%m = memref.alloc() : {two} memref.store %x, %m[%c0] : {two} memref.store %x, %m[%c1] : {two} "
        f"%n = memref.realloc %m : {two} to {four} memref.store %x, %n[%c2] : {four} %c3 = arith.constant 3 : index "
        f"memref.store %x, %n[%c3] : {four} return %n : {four}",
        x,
        results=(np.full_like(held, x),),
    )
    yield _make(
        "memref.alloca_scope",
        type_,
        f"(%x: {type_}) -> {type_}",
        f"%r = memref.alloca_scope -> ({type_}) {{ %m = memref.alloca() : {two} memref.store %x, %m[%c1] : {two} "
        f"%l = memref.load %m[%c1] : {two} memref.alloca_scope.return %l : {type_} }} return %r : {type_}",
        x,
        results=(np.asarray(x, dtype_of(type_)),),
    )
    yield _make(
        "memref.extract_strided_metadata",
        type_,
        f"(%m: {four}) -> (memref<{type_}>, index)",
        f"%b, %o, %s, %t = memref.extract_strided_metadata %m : {four} -> memref<{type_}>, index, index, index "
        f"return %b, %s : memref<{type_}>, index",
        held,
        results=(held[0], 4),
    )
    yield _make(
        "memref.extract_aligned_pointer_as_index",
        type_,
        f"(%m: {four}) -> i1",
        f"%p = memref.extract_aligned_pointer_as_index %m : {four} -> index %b = arith.cmpi ne, %p, %c0 : "
        "index return %b : i1",
        held,
        results=(True,),
    )
    yield _make(
        "memref.assume_alignment and more",
        type_,
        f"(%m: {four}, %n: {four}) -> {type_}",
        f"%a = memref.assume_alignment %m, 1 : {four} %b, %c = memref.distinct_objects %a, %n : {four}, {four} "
        f"memref.prefetch %b[%c0], read, locality<3>, data : {four} %r = memref.load %b[%c1] : {four} return "
        f"%r : {type_}",
        held,
        held,
        results=(held[1],),
    )
    yield _make(
        "memref.memory_space_cast",
        type_,
        f"(%m: {four}) -> {type_}",
        f"%a = memref.memory_space_cast %m : {four} to memref<4x{type_}, 1> %r = memref.load %a[%c1] : "
        f"memref<4x{type_}, 1> "
        f"return %r : {type_}",
        held,
        results=(held[1],),
    )
    yield _make(
        "memref.copy onto itself",
        type_,
        f"(%m: {four})",
        f"memref.copy %m, %m : {four} to {four} return",
        held,
    )
    yield _make(
        "memory of memory",
        type_,
        f"(%m: {four}) -> {type_}",
        f"%a = memref.alloc() : memref<2x{four}> memref.store %m, %a[%c1] : memref<2x{four}> "
        f"%b = memref.load %a[%c1] : memref<2x{four}> %r = memref.load %b[%c1] : {four} return %r : {type_}",
        held,
        results=(held[1],),
        is_alone=True,
    )
    yield _make(
        "memref.global",
        type_,
        f"() -> {four}",
        f"%m = memref.get_global @g : {four} return %m : {four}",
        beside=f"memref.global constant @g : {four} = dense<{literal_of(type_, held)}>",
        results=(held,),
    )
    yield from updates(type_)


def _bytes_with(type_: str, position: int, count: int, value: Any) -> np.ndarray[Any, Any]:
    held = np.zeros(count, dtype_of(type_))
    held[position] = value
    return held.view(np.int8)


MEMORY = [program for type_ in TYPES for make in (_of_every_rank, _of_one_rank) for program in make(type_)]
"""All of these programs."""
