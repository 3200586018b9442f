"""A small module, what its function is called with, and what must come back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import ml_dtypes
import numpy as np

__all__ = [
    "COMPLEX",
    "FLOATS",
    "HEAD",
    "INTEGERS",
    "TYPES",
    "Program",
    "array",
    "dtype_of",
    "literal_of",
    "shaped",
    "values",
]

FLOATS = ("f64", "f32", "f16", "bf16")
INTEGERS = ("i1", "i8", "i16", "i32", "i64", "index")
COMPLEX = ("complex<f32>", "complex<f64>")
TYPES = (*FLOATS, *INTEGERS, *COMPLEX)
"""The element types of `docs/jit.md`."""

HEAD = "%c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %c2 = arith.constant 2 : index"
"""What most bodies start with."""

_NAMES = {"i1": "bool", "index": "int64", "complex<f32>": "complex64", "complex<f64>": "complex128"} | {
    **{f"i{bits}": f"int{bits}" for bits in (8, 16, 32, 64)},
    **{f"f{bits}": f"float{bits}" for bits in (16, 32, 64)},
}


@dataclass(frozen=True, slots=True)
class Program:
    """Example: `Program("arith.negf", "f64", "func.func @main...", (1.5,), (-1.5,))`."""

    what: str
    """The operation, and what is special about this use of it."""
    type: str
    """The element type."""
    text: str
    """The module; the function is called `main`."""
    arguments: tuple[Any, ...]
    """Numbers and arrays; memrefs among them are written in place."""
    results: tuple[Any, ...] = ()
    """What it must return."""
    after: tuple[tuple[int, Any], ...] = ()
    """What arrays must hold afterwards, by the positions of the arguments; None for those that may hold anything."""
    tolerance: float = 4.0
    """How many units in the last place a result may be off."""
    is_alone: bool = False
    """Whether it must not be put into one module with others."""

    @property
    def name(self) -> str:
        return f"{self.what} {self.type}"


def dtype_of(type_: str) -> np.dtype[Any]:
    """NumPy's type for the elements of an array."""
    return np.dtype(ml_dtypes.bfloat16 if type_ == "bf16" else _NAMES[type_])


_SAMPLES: dict[str, Sequence[Any]] = {
    "f": (1.5, -2.25, 0.5, 3.0, -0.125, 7.0, 2.0, -1.0),
    "b": (True, False, True, True, False, False, True, False),
    "i": (5, -3, 2, 7, -1, 3, 4, 1),
    "c": (1 + 2j, -0.5 + 1j, 2 - 1j, 0.25 + 0.5j, -1 - 1j, 3 + 0j, 1j, 2 + 2j),
}


def values(type_: str, count: int, start: int = 0) -> list[Any]:
    """Numbers of a type, none of them zero except for `i1`."""
    samples = _SAMPLES[{"f": "f", "b": "f", "i": "i", "c": "c"}[type_[0]] if type_ != "i1" else "b"]
    return [samples[(start + position) % len(samples)] for position in range(count)]


def array(type_: str, shape: Sequence[int], start: int = 0) -> np.ndarray[Any, Any]:
    """An array of such numbers."""
    count = int(np.prod(shape, dtype=int))
    return np.array(values(type_, count, start), dtype_of(type_)).reshape(tuple(shape))


def shaped(kind: str, shape: Sequence[int | None], type_: str) -> str:
    """`memref<2x?xf64>`."""
    sizes = "".join("?x" if size is None else f"{size}x" for size in shape)
    return f"{kind}<{sizes}{type_}>"


def literal_of(type_: str, value: Any) -> str:
    """A number, or an array of numbers, as it stands in `dense<...>`."""
    if isinstance(value, np.ndarray) and value.ndim:
        return f"[{', '.join(literal_of(type_, each) for each in value)}]"
    if type_ in COMPLEX:
        return f"({value.real:.4f}, {value.imag:.4f})"
    if type_ == "i1":
        return str(bool(value)).lower()
    return repr(float(value)) if type_ in FLOATS else str(int(value))


Reference = Callable[..., Any]
