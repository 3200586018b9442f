"""Compiled functions called with arrays in guarded memory."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

import numpy as np

from .modes import Signature
from .reference import outputs_of
from .syntax import Shaped, is_memory

__all__ = ["Guarded", "Overrun", "call", "perturb"]

ZONE = 64
"""Bytes in front of an array and behind it that must stay as they are; a multiple of every element's size."""
SENTINEL = 0xA7
M_PERTURB = -6


class Overrun(Exception):
    """Compiled code wrote next to an array."""


class Guarded:
    """A copy of an array with sentinels around it."""

    def __init__(self, given: np.ndarray[Any, Any], type_: Shaped) -> None:
        step = 2 if type_.layout else 1
        """A strided argument is every second element of its last dimension, and those between are guarded too."""
        shape = (*given.shape[:-1], given.shape[-1] * step) if step > 1 else given.shape
        size = int(np.prod(shape)) * given.itemsize
        self._bytes = np.full(ZONE + size + ZONE, SENTINEL, np.uint8)
        whole = self._bytes[ZONE : ZONE + size].view(given.dtype).reshape(shape)
        self.array = whole[..., ::step] if step > 1 else whole
        self.array[...] = given
        mask = np.ones(len(self._bytes), bool)
        inside = mask[ZONE : ZONE + size].reshape(*shape, given.itemsize)
        (inside[..., ::step, :] if step > 1 else inside)[...] = False
        self._outside = mask

    def check(self) -> None:
        """Raise `Overrun` if anything around the array has changed."""
        if (self._bytes[self._outside] != SENTINEL).any():
            raise Overrun


def call(function: Any, shape: Signature, arguments: Sequence[Any]) -> list[Any]:
    """What a compiled function gives: its results, then copies of the memory among its arguments.

    Raises:
        Overrun: It wrote next to an array.
    """
    guards: list[Guarded] = []
    given: list[Any] = []
    for port, value in zip(shape.arguments, arguments, strict=True):
        if is_memory(port.type):
            assert isinstance(port.type, Shaped)
            guard = Guarded(value, port.type)
            guards.append(guard)
            given.append(guard.array)
        else:
            given.append(value)
    returned = function(*given)
    for guard in guards:
        guard.check()
    results = [] if returned is None else list(returned) if isinstance(returned, tuple) else [returned]
    outputs = [*results, *(guard.array.copy() for guard in guards)]
    assert len(outputs) == len(outputs_of(shape))
    return outputs


def perturb(byte: int) -> None:
    """Fill memory that the C library hands out with a byte, so that reading it before writing it shows."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(M_PERTURB, byte)
