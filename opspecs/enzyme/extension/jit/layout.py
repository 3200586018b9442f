"""Where the arguments and results of a call stand in memory.

MLIR's engine calls a function with an array of pointers: to each number, and to a pointer to the descriptor of each
memref or tensor. A single number that comes back is written where the last pointer points; anything else is a
structure, to which a pointer comes first. The pointers are the same for each call; only what they point to changes.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from .kinds import Buffer, Kind

__all__ = ["WORD", "Frame", "Layout", "code_of", "make_layout", "places_of"]

CODES = {
    "f64": "d",
    "f32": "f",
    "f16": "e",
    "bf16": "H",
    "i1": "?",
    "i8": "b",
    "i16": "h",
    "i32": "i",
    "i64": "q",
    "index": "q",
    "complex<f32>": "ff",
    "complex<f64>": "dd",
}
"""How the module `struct` writes a number of each type."""

WORD = struct.calcsize("P")
STEP = 16


def code_of(kind: Kind) -> str:
    """How `struct` writes a value: a number, or the descriptor of an array."""
    if isinstance(kind, Buffer):
        return "PPq" + "q" * (2 * kind.rank)
    return CODES[kind.text]


def places_of(codes: Sequence[str]) -> list[int]:
    """Where each value starts among those written one after the other, each at a multiple of its size."""
    return [
        struct.calcsize("@" + "".join(codes[:position]) + "0" + code[0])
        for position, code in enumerate(codes)
    ]


def _rounded(size: int) -> int:
    return -(-size // STEP) * STEP


@dataclass(frozen=True, slots=True)
class Layout:
    """The memory of one call: pointers, arguments, addresses of the caller's arrays, results."""

    size: int
    """How many bytes it is."""
    arguments: struct.Struct
    """The arguments' values, followed by the addresses of all arrays among them."""
    arguments_at: int
    """Where they start."""
    owned_at: int
    """Where the addresses start."""
    owned_count: int
    """How many addresses there are."""
    results: struct.Struct
    """The results' values."""
    results_at: int
    """Where they start."""
    pointers: tuple[tuple[int, int], ...]
    """Words that hold addresses of this memory: where they are, and what they point to."""


def make_layout(parameters: Sequence[Kind], results: Sequence[Kind]) -> Layout:
    """The memory that calls of a function need."""
    codes = [code_of(kind) for kind in parameters]
    arrays = sum(isinstance(kind, Buffer) for kind in parameters)
    inputs = struct.Struct("@" + "".join([*codes, "P" * arrays]))
    outputs = struct.Struct("@" + "".join(map(code_of, results)))
    is_structure = len(results) > 1 or any(
        isinstance(kind, Buffer) or len(code_of(kind)) > 1 for kind in results
    )
    # First the array of pointers, which has one more for the result, and behind it pointers to the descriptors.
    cells_at = WORD * (len(parameters) + 1)
    arguments_at = _rounded(cells_at + WORD * (arrays + 1))
    results_at = _rounded(arguments_at + inputs.size)
    pointers: list[tuple[int, int]] = []
    slots, cells = iter(range(0, cells_at, WORD)), iter(
        range(cells_at, arguments_at, WORD)
    )

    def point(target: int, through_cell: bool) -> None:
        if through_cell:
            cell = next(cells)
            pointers.append((cell, target))
            target = cell
        pointers.append((next(slots), target))

    if is_structure:
        point(results_at, True)
    for kind, place in zip(parameters, places_of(codes), strict=True):
        point(arguments_at + place, isinstance(kind, Buffer))
    if results and not is_structure:
        point(results_at, False)
    return Layout(
        size=results_at + max(outputs.size, 1),
        arguments=inputs,
        arguments_at=arguments_at,
        owned_at=arguments_at + inputs.size - WORD * arrays,
        owned_count=arrays,
        results=outputs,
        results_at=results_at,
        pointers=tuple(pointers),
    )


class Frame:
    """The memory of one call at a time."""

    __slots__ = ("address", "base", "memory", "owned")

    def __init__(self, layout: Layout) -> None:
        self.memory = ctypes.create_string_buffer(layout.size + STEP)
        """The bytes."""
        self.base = -ctypes.addressof(self.memory) % STEP
        """How many of them are skipped in front."""
        self.address = ctypes.addressof(self.memory) + self.base
        """Where the pointers start."""
        self.owned = self.address + layout.owned_at
        """Where the addresses of the caller's arrays start."""
        for place, target in layout.pointers:
            struct.pack_into(
                "@P", self.memory, self.base + place, self.address + target
            )
