"""What a function takes and gives: as its caller sees it, and as the IR has it.

A caller passes inputs and gets values back. The function in the IR has parameters, some of which the caller never sees
(the memory into which a derivative is added), and results. `Signature` says how the two belong together.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from ..jit import Buffer, Kind

__all__ = [
    "Dim",
    "Group",
    "Input",
    "Jvp",
    "Origin",
    "Output",
    "Parameter",
    "Place",
    "Signature",
    "Tree",
    "Vjp",
    "is_float",
    "is_memory",
    "is_scalar",
    "known_shape",
    "leaves_of",
    "rebuilt",
    "renumbered",
    "shape_of",
]

Dim = int | tuple[int, int]
"""A size: a number, or that of an input along an axis, `(input, axis)`."""

FLOATS = ("f64", "f32", "f16", "bf16")


class Vjp(NamedTuple):
    """What the function made by `vjp` returns."""

    results: Any
    """What the function returns: one result by itself, several as a tuple, none as None."""
    derivatives: Any
    """The derivatives: one by itself where one was asked for, several as a tuple."""


class Jvp(NamedTuple):
    """What the function made by `jvp` returns."""

    results: Any
    """What the function returns: one result by itself, several as a tuple, none as None."""
    tangents: Any
    """The derivative of each output along the tangents: one by itself, several as a tuple."""


RECORDS: Mapping[str, Any] = {"Vjp": Vjp, "Jvp": Jvp}


class Origin(enum.Enum):
    """Where the value of a parameter comes from."""

    GIVEN = "given"
    """The caller's own value; memory is shared with the caller."""
    COPIED = "copied"
    """A copy of the caller's value, which the function may change."""
    ZEROS = "zeros"
    """New memory, all zero."""
    ONES = "ones"
    """New memory, all one."""


class Place(enum.Enum):
    """Where an output is found."""

    RESULT = "result"
    """Among the results."""
    MEMORY = "memory"
    """In the memory of a parameter, after the call."""


@dataclass(frozen=True, slots=True)
class Input:
    """What a caller passes: a number or an array."""

    name: str
    """How it is called in calls by keyword and in errors: `x`, `tangent of x`."""
    kind: Kind
    """Its type, as the function in the IR takes it."""
    shape: tuple[Dim, ...] = ()
    """The sizes that it has to have; a size of its own input is free."""
    axis: int = 0
    """Which of the caller's axes becomes the first one; other axes keep their order."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument of the function in the IR."""

    kind: Kind
    """Its type."""
    origin: Origin
    """Where its value comes from."""
    of: int = -1
    """The input that it is, or is a copy of; -1 for new memory."""
    is_written: bool = False
    """Whether it is memory that the function may write to."""
    shape: tuple[Dim, ...] = ()
    """The sizes of new memory."""


@dataclass(frozen=True, slots=True)
class Output:
    """Something that the function computes, and that can be differentiated."""

    name: str
    """What it is, for errors and reports: `result 0`, `out`, `derivative by x`."""
    kind: Kind
    """Its type."""
    place: Place
    """Where it is found."""
    index: int
    """Which result or parameter it is."""
    shape: tuple[Dim, ...] | None
    """Its sizes; None where they are not known before the call."""


@dataclass(frozen=True, slots=True)
class Group:
    """Several values that come back together: as a tuple, or as the record of that name."""

    items: tuple[Tree, ...]
    record: str = ""


Tree = int | Group | None
"""The form of what a call returns: an output by its number, several, or nothing."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A function of the IR, and what its caller sees of it."""

    entry: str
    """The function's symbol."""
    inputs: tuple[Input, ...]
    """What the caller passes."""
    parameters: tuple[Parameter, ...]
    """What the function in the IR takes."""
    results: tuple[Kind, ...]
    """What the function in the IR returns."""
    outputs: tuple[Output, ...]
    """What it computes: what the call returns, and memory of the caller that it may write to."""
    tree: Tree
    """How the outputs that the call returns are grouped."""

    def output_at(self, place: Place, index: int) -> int | None:
        """The number of the output that is found there."""
        for number, output in enumerate(self.outputs):
            if (output.place, output.index) == (place, index):
                return number
        return None

    def parameter_of(self, number: int) -> int:
        """The parameter that an input becomes."""
        return next(
            index
            for index, parameter in enumerate(self.parameters)
            if parameter.of == number
            and parameter.origin in (Origin.GIVEN, Origin.COPIED)
        )

    def described(self) -> str:
        """The signature in a line: `(x: f64, m: memref<4xf64>) -> f64`."""
        takes = ", ".join(f"{one.name}: {one.kind}" for one in self.inputs)
        gives = ", ".join(
            f"{self.outputs[leaf].name}: {self.outputs[leaf].kind}"
            for leaf in leaves_of(self.tree)
        )
        return f"({takes}) -> ({gives})"


def is_float(kind: Kind) -> bool:
    """Whether values of the kind are floats, or arrays of floats."""
    element = kind.element if isinstance(kind, Buffer) else kind
    return element.text in FLOATS


def is_memory(kind: Kind) -> bool:
    """Whether the kind is memory, which caller and function share."""
    return isinstance(kind, Buffer) and not kind.is_tensor


def is_scalar(kind: Kind) -> bool:
    """Whether the kind is one number, in whatever form."""
    return not isinstance(kind, Buffer) or kind.rank == 0


def shape_of(kind: Kind, number: int) -> tuple[Dim, ...]:
    """The sizes of the input with that number: those that its type says, and its own for the others."""
    if not isinstance(kind, Buffer):
        return ()
    return tuple(
        (number, axis) if size is None else size for axis, size in enumerate(kind.shape)
    )


def known_shape(kind: Kind) -> tuple[Dim, ...] | None:
    """The sizes that a type says; None where it does not say all of them."""
    if not isinstance(kind, Buffer):
        return ()
    sizes = tuple(size for size in kind.shape if size is not None)
    return sizes if len(sizes) == kind.rank else None


def leaves_of(tree: Tree) -> list[int]:
    """The outputs in a tree, in their order."""
    if tree is None:
        return []
    if isinstance(tree, int):
        return [tree]
    return [leaf for item in tree.items for leaf in leaves_of(item)]


def renumbered(tree: Tree, numbers: Mapping[int, int | None]) -> Tree:
    """A tree with other numbers at its leaves; an output that is left out becomes None."""
    if tree is None:
        return None
    if isinstance(tree, int):
        return numbers.get(tree)
    return replace(tree, items=tuple(renumbered(item, numbers) for item in tree.items))


def rebuilt(tree: Tree, values: Sequence[Any]) -> Any:
    """What a call returns: the values of its outputs, grouped."""
    if tree is None:
        return None
    if isinstance(tree, int):
        return values[tree]
    items = [rebuilt(item, values) for item in tree.items]
    return RECORDS[tree.record](*items) if tree.record else tuple(items)
