"""What operations on memory and tensors do, on jets: arrays of objects, of which a memref may show a part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from .scalars import Unfit
from .syntax import Op, Shaped, Value, is_memory

if TYPE_CHECKING:
    from .interpreter import Interpreter

__all__ = ["HANDLERS", "NAMED", "shape_of"]

Array = np.ndarray[Any, Any]
Scope = dict[str, Any]
NAMED = {
    "linalg.add": "arith.addf",
    "linalg.sub": "arith.subf",
    "linalg.mul": "arith.mulf",
    "linalg.max": "arith.maximumf",
    "linalg.exp": "math.exp",
    "linalg.tanh": "math.tanh",
    "linalg.negf": "arith.negf",
}
"""Structured operations that do one thing to each element."""


def load(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    found = given[0][index(each, given[1:], given[0])]
    if found is None:
        raise Unfit("memory is read before it is written")
    return [found]


def store(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    given[1][index(each, given[2:], given[1])] = given[0]
    return []


def allocate(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    (result,) = each.results
    assert isinstance(result.type, Shaped)
    sizes = iter(given)
    return [np.full([next(sizes) if size is None else size for size in result.type.shape], None, object)]


def nothing(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    return []


def copy(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    given[1][...] = given[0].copy()
    return []


def view(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    return [given[0][slices(each, given[1:])]]


def dim(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    return [given[0].shape[given[1]]]


def get_global(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    return [run.globals[each.get("name")]]


def written(each: Op, target: Any) -> tuple[Any, list[Any]]:
    """Where a structured operation writes, and its results: memory is changed, a tensor is a new one."""
    if is_memory(each.operands[-1].type):
        return target, []
    fresh = target.copy()
    return fresh, [fresh]


def fill(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    target, results = written(each, given[1])
    for position in np.ndindex(target.shape):
        target[position] = given[0]
    return results


def generic(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    (region,) = each.regions
    target, results = written(each, given[-1])
    arrays = [*given[:-1], target]
    maps = each.get("maps")
    sizes: dict[int, int] = {}
    for dims, array in zip(maps, arrays, strict=True):
        sizes.update(zip(dims, array.shape, strict=True))
    for point in np.ndindex(*(sizes[d] for d in range(len(each.get("iterators"))))):
        places = [tuple(point[d] for d in dims) for dims in maps]
        (value,) = run.enter(region, scope, [array[place] for array, place in zip(arrays, places, strict=True)])
        target[places[-1]] = value
    return results


def matmul(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    a, b, _ = given
    target, results = written(each, given[2])
    for i, j, k in np.ndindex(a.shape[0], b.shape[1], a.shape[1]):
        target[i, j] = run.number("arith.addf", [target[i, j], a[i, k] * b[k, j]])
    return results


def reduce(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    source = given[0]
    target, results = written(each, given[1])
    axis = each.get("axis")
    for place in np.ndindex(source.shape):
        kept = place[:axis] + place[axis + 1 :]
        (target[kept],) = run.enter(each.regions[0], scope, [source[place], target[kept]])
    return results


def map_(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    target, results = written(each, given[-1])
    kind = NAMED.get(each.kind) or each.get("function")
    for place in np.ndindex(target.shape):
        target[place] = run.number(kind, [array[place] for array in given[:-1]])
    return results


def extract(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    return [given[0][index(each, given[1:], given[0])]]


def insert(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    fresh = given[1].copy()
    fresh[index(each, given[2:], fresh)] = given[0]
    return [fresh]


def from_elements(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    fresh = np.empty(len(given), object)
    fresh[:] = given
    return [fresh.reshape(shape_of(each.results[0]))]


def splat(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    return [np.full(shape_of(each.results[0]), given[0], object)]


def extract_slice(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    return [given[0][slices(each, given[1:])].copy()]


def insert_slice(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    fresh = given[1].copy()
    fresh[slices(each, given[2:])] = given[0]
    return [fresh]


def empty(run: Interpreter, each: Op, given: list[Any], scope: Scope) -> list[Any]:
    return [np.full(shape_of(each.results[0]), None, object)]


def shape_of(value: Value) -> tuple[int, ...]:
    assert isinstance(value.type, Shaped)
    return tuple(size for size in value.type.shape if size is not None)


def index(each: Op, given: list[int], array: Array) -> tuple[int, ...]:
    """The element that is meant; an affine operation has a factor and an offset for each dimension."""
    place = tuple(given)
    affine = each.get("affine")
    if affine is not None:
        indices: Iterator[int] = iter(given)
        place = tuple((factor * next(indices) if factor else 0) + offset for factor, offset in affine)
    if len(place) != array.ndim or any(not 0 <= i < size for i, size in zip(place, array.shape, strict=True)):
        raise Unfit(f"{each.kind} of the element {place} of {array.shape}")
    return place


def slices(each: Op, given: list[int]) -> tuple[slice | int, ...]:
    """The part that is meant; a size of None drops the dimension, an offset of None is the next index."""
    left = iter(given)
    found: list[slice | int] = []
    for offset, size, stride in each.get("part"):
        start = next(left) if offset is None else offset
        found.append(start if size is None else slice(start, start + (size - 1) * stride + 1, stride))
    return tuple(found)


Handler = Callable[["Interpreter", Op, list[Any], Scope], list[Any]]
HANDLERS: dict[str, Handler] = {
    "memref.load": load,
    "affine.load": load,
    "memref.store": store,
    "affine.store": store,
    "memref.alloc": allocate,
    "memref.alloca": allocate,
    "memref.dealloc": nothing,
    "memref.copy": copy,
    "memref.subview": view,
    "memref.dim": dim,
    "memref.get_global": get_global,
    "linalg.fill": fill,
    "linalg.generic": generic,
    "linalg.matmul": matmul,
    "linalg.reduce": reduce,
    "linalg.map": map_,
    **dict.fromkeys(NAMED, map_),
    "tensor.extract": extract,
    "tensor.insert": insert,
    "tensor.from_elements": from_elements,
    "tensor.splat": splat,
    "tensor.extract_slice": extract_slice,
    "tensor.insert_slice": insert_slice,
    "tensor.empty": empty,
}
