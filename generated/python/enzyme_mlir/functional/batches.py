"""Functions over batches: which axes, which size, and a program for each size where that is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from .._given import Stage
from .._runtime.complaints import Complaint, complaining
from .._runtime.errors import shown
from ..jit import Buffer
from .batching import Batch, Loop
from .choosing import position_of
from .derived import Derived, Source
from .programs import program_of
from .signature import Signature, is_memory

__all__ = ["Axes", "Batched", "read_axes"]

Axes = int | None | Sequence[int | None] | Mapping[int | str, int | None]
"""Axes of arguments: one for all, one for each, or by position or name; None for what all elements share."""


def read_axes(function: Signature, axes: Axes, who: str) -> tuple[int | None, ...]:
    """An axis, counted from 0, or None for each input.

    Raises:
        TypeError: `in_axes` is none of what is accepted.
        ValueError: An axis is not there, there is none at all, or memory that is written to has none.
    """
    inputs = function.inputs
    names = [one.name for one in inputs]
    accepted = (
        f"an axis for all arguments, or one, or None, for each of ({', '.join(names)})"
    )
    found: list[object]
    if axes is None or isinstance(axes, int):
        found = [axes] * len(inputs)
    elif isinstance(axes, Mapping):
        found = [None] * len(inputs)
        for key, axis in axes.items():
            found[position_of(key, names, "in_axes", who)] = axis
    elif isinstance(axes, Sequence) and not isinstance(axes, str):
        found = list(axes)
    else:
        raise complaining(TypeError, who, Complaint("in_axes", shown(axes), accepted))
    if len(found) != len(inputs):
        raise complaining(
            ValueError, who, Complaint("in_axes", f"{len(found)} axes", accepted)
        )
    counted = tuple(
        _counted(axis, one.kind, one.name, who)
        for axis, one in zip(found, inputs, strict=True)
    )
    if all(axis is None for axis in counted):
        raise complaining(
            ValueError,
            who,
            Complaint("in_axes", "None for all arguments", "at least one axis"),
        )
    for parameter in function.parameters:
        if parameter.is_written and parameter.of >= 0 and counted[parameter.of] is None:
            raise complaining(
                ValueError,
                who,
                Complaint(
                    "in_axes",
                    f"None for {names[parameter.of]}, which the function may write to",
                    "an axis: elements of the batch cannot share it",
                ),
            )
    return counted


def _counted(axis: object, kind: Any, name: str, who: str) -> int | None:
    """An axis counted from 0."""
    if axis is None:
        return None
    if isinstance(axis, bool) or not isinstance(axis, int):
        raise complaining(
            TypeError,
            who,
            Complaint("in_axes", f"{shown(axis)} for {name}", "an axis, or None"),
        )
    rank = (kind.rank if isinstance(kind, Buffer) else 0) + 1
    if not -rank <= axis < rank:
        raise complaining(
            ValueError,
            who,
            Complaint(
                "in_axes",
                f"{axis} for {name}",
                f"{-rank} to {rank - 1}: over a batch it has {rank} ax{'e' if rank > 1 else 'i'}s",
            ),
        )
    return axis % rank


class Batched(Derived):
    """What `vmap` makes: it takes what the function takes, with an axis more for what varies.

    Numbers and tensors become tensors of one size (`enzyme.batch`), with a program for each size that comes; with
    memory it is a loop, one program for all sizes.
    """

    def __init__(
        self, title: str, inner: Source, axes: tuple[int | None, ...], size: int | None
    ) -> None:
        self._inner = inner
        self._title = title
        self._axes = axes
        self._size = size
        self._function = program_of(inner.recipe).signature
        self._is_loop = any(is_memory(each.kind) for each in self._function.parameters)
        self._latest: Derived | None = None
        if self._is_loop:
            _check_kinds(self._function, title)
        if self._is_loop or size is not None:
            self._latest = self._of_size(size or 0)

    def _of_size(self, size: int) -> Derived:
        """The function for a size; a loop is one for all sizes."""
        step = Loop(self._axes) if self._is_loop else Batch(self._axes, size)
        recipe = self._inner.recipe
        steps = (*recipe.steps, step)
        return Derived(
            Source(self._title, replace(recipe, steps=steps), self._inner.form)
        )

    @property
    def _settled(self) -> Derived:
        if self._latest is None:
            raise complaining(
                ValueError,
                self._title,
                Complaint(
                    "the size of the batch",
                    "not known before the first call",
                    "vmap(..., size=...)",
                ),
            )
        return self._latest

    @property
    def name(self) -> str:
        """What it is, e.g. `vmap of @f`."""
        return self._title

    @property
    def source(self) -> Source:
        """Where it comes from; other functions are made of it with that."""
        if any(self._axes):
            raise ValueError(
                f"{self._title}: in_axes is {self._axes}, accepted are 0 and None where another function is made of it"
            )
        return self._settled.source

    @property
    def entry(self) -> str:
        """The symbol of the function in the IR."""
        return self._settled.entry

    @property
    def signature(self) -> Signature:
        """What it takes and gives, and what of that is the caller's."""
        return self._settled.signature

    def compile(self) -> None:
        """Expand and compile now; the size of the batch has to be known, unless it is a loop."""
        self._settled.compile()

    def ir(self, stage: Stage = "lowered") -> str:
        """The IR as text, for the size of the latest call where it is one for each size; stages as for `grad`."""
        if stage == "given":
            return self._inner.recipe.given.shown
        return self._settled.ir(stage)

    def __repr__(self) -> str:
        return f"<{self._title}: ({self._inner.form.described})>"

    def __str__(self) -> str:
        if self._latest is None:
            return f"{self._title}: {self._function.described()} over a batch, a program for each size, none yet"
        return str(self._latest)

    def __call__(self, *arguments: object, **named: object) -> Any:
        """What the function returns for each element of the batch, stacked along a first axis.

        Args:
            arguments: As for the function itself, with the axis of the batch where `in_axes` says so.
            named: Arguments by their names.

        Raises:
            TypeError: An argument is missing, too much, or of a wrong kind.
            ValueError: An argument is out of range, of another shape or size, or shares memory with one that is written
                to.
            EnzymeError: Enzyme did not make anything of it (at the first call).
            JitError: It cannot be compiled (at the first call).
        """
        values = self._inner.form.flat(arguments, named, self._title)
        size = _batch_size(self._function, self._axes, values, self._title)
        if self._size is not None and size != self._size:
            raise ValueError(
                f"{self._title}: the batch has {size} elements, accepted is {self._size}, as size= says"
            )
        if not size and not self._is_loop:
            raise ValueError(
                f"{self._title}: the batch has no elements, accepted is at least one"
            )
        if not self._is_loop and self._size is None:
            self._latest = of_size = self._of_size(size)
            return of_size.run(values)
        return self._settled.run(values)


def _check_kinds(function: Signature, who: str) -> None:
    """Refuse what a loop over a batch cannot take."""
    for parameter in function.parameters:
        kind = parameter.kind
        if isinstance(kind, Buffer) and kind.is_tensor:
            raise ValueError(
                f"{who}: the function takes memory and a tensor ({kind}), accepted is one or the other"
            )
        if isinstance(kind, Buffer) and kind.strides is not None:
            raise ValueError(
                f"{who}: the function takes memory with strides ({kind}), accepted is memory stored row by row"
            )
    for result in function.results:
        if isinstance(result, Buffer):
            raise ValueError(
                f"{who}: the function takes memory and returns {result}, accepted are numbers as results"
            )


def _batch_size(
    function: Signature, axes: Sequence[int | None], values: Sequence[Any], who: str
) -> int:
    """How many elements the arguments have along their axes."""
    found: dict[str, int] = {}
    for one, axis, value in zip(function.inputs, axes, values, strict=True):
        if axis is None:
            continue
        shape = np.shape(value)
        rank = (one.kind.rank if isinstance(one.kind, Buffer) else 0) + 1
        if len(shape) != rank:
            raise ValueError(
                f"{who}: {one.name} has the shape {shape}, accepted is one of rank {rank}: {one.kind} for each element "
                f"of the batch, along axis {axis}"
            )
        found[one.name] = int(shape[axis])
    if len(set(found.values())) > 1:
        listed = ", ".join(f"{name} has {size}" for name, size in found.items())
        raise ValueError(
            f"{who}: arguments have different sizes along their axes: {listed}, accepted is one size for all"
        )
    return next(iter(found.values()))
