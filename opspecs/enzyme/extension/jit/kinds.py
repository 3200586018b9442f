"""The types that compiled code takes and returns, and how NumPy lays them out."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from .._runtime.host import ir
from .errors import JitError

__all__ = ["Buffer", "Kind", "Scalar", "read_kind"]

DYNAMIC = -(2**63)
"""MLIR's marker for a size, stride or offset known only at run time."""

SCALARS = {
    "f64": "float64",
    "f32": "float32",
    "f16": "float16",
    "i1": "bool",
    "i8": "int8",
    "i16": "int16",
    "i32": "int32",
    "i64": "int64",
    "index": "int64",
    "complex<f32>": "complex64",
    "complex<f64>": "complex128",
}
"""Element types by name, with NumPy's name for what is stored in memory."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A number: `f64`, `i1`, `index`, `complex<f32>`."""

    text: str
    """The type in MLIR's words."""
    dtype: np.dtype[Any]
    """Its layout in memory."""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Buffer:
    """An array: a memref, which callers and compiled code share, or a tensor, which is a value."""

    text: str
    """The type in MLIR's words."""
    element: Scalar
    """What it holds."""
    shape: tuple[int | None, ...]
    """Its sizes, None where they are known only at run time."""
    strides: tuple[int | None, ...] | None
    """Elements between neighbours for each dimension, None where any will do; None as a whole for row by row."""
    offset: int | None
    """The first element's place behind the start, None where any will do."""
    is_tensor: bool
    """Whether it is a value, which a call may not change."""

    @property
    def rank(self) -> int:
        """How many dimensions it has."""
        return len(self.shape)

    def __str__(self) -> str:
        return self.text


Kind = Scalar | Buffer


def _read_scalar(type_: ir.Type, where: str) -> Scalar:
    text = str(type_)
    if text == "bf16":
        try:
            module: Any = importlib.import_module("ml_dtypes")
        except ImportError:
            raise JitError(
                f"{where} has the type bf16, which NumPy only knows with: pip install ml-dtypes"
            ) from None
        return Scalar(text, np.dtype(module.bfloat16))
    if text not in SCALARS:
        raise JitError(
            f"{where} has the type {text}, which cannot be passed from Python; accepted are "
            f"{', '.join(SCALARS)}, bf16, and memrefs and tensors of those"
        )
    return Scalar(text, np.dtype(SCALARS[text]))


def _is_static(number: int) -> bool:
    return number != DYNAMIC


def _read_buffer(type_: Any, where: str) -> Buffer:
    shape = tuple(
        None if type_.is_dynamic_dim(position) else type_.get_dim_size(position)
        for position in range(type_.rank)
    )
    element = _read_scalar(type_.element_type, where)
    if isinstance(type_, ir.RankedTensorType):
        if type_.encoding is not None:
            raise JitError(
                f"{where} has the type {type_}; tensors with an encoding cannot be run"
            )
        return Buffer(
            text=str(type_),
            element=element,
            shape=shape,
            strides=None,
            offset=0,
            is_tensor=True,
        )
    if type_.memory_space is not None:
        raise JitError(
            f"{where} has the type {type_}; only memory of the default space can be passed"
        )
    if str(type_.affine_map) == str(ir.AffineMap.get_identity(type_.rank)):
        return Buffer(
            text=str(type_),
            element=element,
            shape=shape,
            strides=None,
            offset=0,
            is_tensor=False,
        )
    try:
        strides, offset = type_.get_strides_and_offset()
    except Exception:
        raise JitError(
            f"{where} has the type {type_}, whose layout has no strides"
        ) from None
    return Buffer(
        text=str(type_),
        element=element,
        shape=shape,
        strides=tuple(stride if _is_static(stride) else None for stride in strides),
        offset=offset if _is_static(offset) else None,
        is_tensor=False,
    )


def read_kind(type_: ir.Type, where: str) -> Kind:
    """The kind of a type; `where` says in errors whose type it is.

    Raises:
        JitError: Values of this type cannot go between Python and compiled code.
    """
    if isinstance(type_, ir.MemRefType | ir.RankedTensorType):
        return _read_buffer(type_, where)
    if isinstance(type_, ir.ShapedType):
        raise JitError(
            f"{where} has the type {type_}; pass memrefs or tensors of a known rank instead"
        )
    return _read_scalar(type_, where)
