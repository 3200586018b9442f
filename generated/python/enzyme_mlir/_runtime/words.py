"""The words of constraints: what each stands for, and when its condition is met.

Specs are read with this table, values are checked against it by the generator and by generated packages.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

__all__ = [
    "CLASSES",
    "CONTAINERS",
    "DENSE_ELEMENTS",
    "FLOATS",
    "FORMS",
    "LENGTHS",
    "MODIFIERS",
    "NUMBERS",
    "SIGNS",
    "TYPE_WORDS",
    "fits_float",
    "integer_bounds",
    "meets",
]

FLOATS = (
    *("bf16", "f16", "tf32", "f32", "f64", "f80", "f128"),
    *("f4E2M1FN", "f6E2M3FN", "f6E3M2FN", "f8E3M4", "f8E4M3", "f8E4M3B11FNUZ"),
    *("f8E4M3FN", "f8E4M3FNUZ", "f8E5M2", "f8E5M2FNUZ", "f8E8M0FNU"),
)
"""The words of float types, which are MLIR's own."""

SIGNS = {
    "integer": "int",
    "signless_integer": "i",
    "signed_integer": "si",
    "unsigned_integer": "ui",
}
"""The words for integers of any width, and what one width of it begins with; `int` is of any signedness."""

TYPE_WORDS = (
    *("index", "none", "function", "token"),
    *SIGNS,
    *("float", "complex", "tuple"),
    *FLOATS,
)
"""The words that are type constraints by themselves."""

CLASSES = {
    "ranked_tensor": "RankedTensorType",
    "unranked_tensor": "UnrankedTensorType",
    "memref": "MemRefType",
    "unranked_memref": "UnrankedMemRefType",
    "fixed_vector": "VectorType",
    "scalable_vector": "VectorType",
}
"""The forms that a container has, and MLIR's class of each."""

_TENSORS = ("ranked_tensor", "unranked_tensor")
_MEMREFS = ("memref", "unranked_memref")
_VECTORS = ("fixed_vector", "scalable_vector")
FORMS: dict[str, tuple[str, ...]] = {
    "shaped": (*_TENSORS, *_MEMREFS, *_VECTORS),
    "tensor": _TENSORS,
    "ranked_or_unranked_memref": _MEMREFS,
    "vector": _VECTORS,
    "value_semantics": (*_TENSORS, *_VECTORS),
    **{form: (form,) for form in CLASSES},
}
"""The words for shaped types, and the forms that each stands for."""

CONTAINERS = (*FORMS, "complex", "tuple", "like")
"""The words for types with elements. `like` is the element, or a `value_semantics` of it."""

DENSE_ELEMENTS = ("i1", "i8", "i16", "i32", "i64", "f32", "f64")
"""What dense arrays hold."""


def _length(extents: Sequence[int]) -> int:
    """The number of elements; -1 where it is open."""
    return -1 if min(extents, default=0) < 0 else math.prod(extents)


MODIFIERS: dict[str, Callable[[Sequence[int], Sequence[int]], bool]] = {
    "ranked": lambda extents, _: True,
    "static": lambda extents, _: min(extents, default=0) >= 0,
    "rank": lambda extents, values: len(extents) in values,
    "min_rank": lambda extents, values: len(extents) >= min(values, default=0),
    "max_rank": lambda extents, values: len(extents) <= max(values, default=0),
    "length": lambda extents, values: _length(extents) in values,
    "min_length": lambda extents, values: _length(extents) >= min(values, default=0),
}
"""Whether a ranked type of these extents meets a modifier with these alternatives; an open extent is negative.

A type without rank meets none. Other words are known to C++ alone.
"""

_Range = Callable[[int], tuple[float, float]]
NUMBERS: dict[str, tuple[str, _Range]] = {
    "positive": ("positive", lambda _: (1, math.inf)),
    "non_negative": ("not negative", lambda _: (0, math.inf)),
    "non_positive": ("not positive", lambda _: (-math.inf, 0)),
    "non_zero": ("not zero", lambda _: (-math.inf, math.inf)),
    "power_of_two": ("a power of two", lambda _: (1, math.inf)),
    "min": ("at least {}", lambda bound: (bound, math.inf)),
    "max": ("at most {}", lambda bound: (-math.inf, bound)),
}
"""Conditions on integers: words for each, and the least and the greatest that meet it."""

LENGTHS: dict[str, tuple[str, _Range]] = {
    "count": ("of length {}", lambda bound: (bound, bound)),
    "min_count": ("of length {} or more", lambda bound: (bound, math.inf)),
    "max_count": ("of length {} or less", lambda bound: (0, bound)),
}
"""Conditions on the length of arrays: words for each, and the least and the greatest that meet it."""


def meets(word: str, bound: int, number: int) -> bool | None:
    """Whether an integer, or a length, meets a condition; None where only C++ knows."""
    found = NUMBERS.get(word) or LENGTHS.get(word)
    if found is None:
        return None
    least, greatest = found[1](bound)
    if not least <= number <= greatest:
        return False
    if word == "power_of_two":
        return number & (number - 1) == 0
    return word != "non_zero" or number != 0


_BEYOND = {
    "f32": float.fromhex("0x1.FFFFFFp127"),
    "tf32": float.fromhex("0x1.FFEp127"),
    "bf16": float.fromhex("0x1.FFp127"),
    "f8E8M0FNU": float.fromhex("0x1.8p127"),
    "f16": 65520.0,
    "f8E5M2": 61440.0,
    "f8E5M2FNUZ": 61440.0,
    "f8E4M3FN": 464.0,
    "f8E4M3": 248.0,
    "f8E4M3FNUZ": 248.0,
    "f8E4M3B11FNUZ": 31.0,
    "f6E3M2FN": 30.0,
    "f8E3M4": 15.75,
    "f6E2M3FN": 7.75,
    "f4E2M1FN": 7.0,
}
"""What lies half a step above the greatest number of a type."""


def fits_float(value: float, type_text: str) -> bool:
    """Whether a float type, e.g. `f32`, has room for a number; what it rounds is no matter."""
    return not math.isfinite(value) or abs(value) < _BEYOND.get(type_text, math.inf)


def integer_bounds(prefix: str, width: int) -> tuple[int, int]:
    """The least and the greatest int of a type: `ui`, `si`, or `i`, which takes those of both."""
    lowest = 0 if prefix == "ui" else -(1 << (width - 1))
    return lowest, (1 << (width - 1 if prefix == "si" else width)) - 1
