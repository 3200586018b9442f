"""Python values into a function of the IR, and what it computes back out.

Numbers and tensors are values. Memory that the function may write to is shared with the caller, as in a plain call; of
memory that it only reads, a copy will do where the array is not laid out as compiled code wants it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from .._runtime.errors import unknown_case
from ..jit import Buffer
from ..jit.arguments import pass_argument
from .signature import Dim, Input, Origin, Place, Signature, is_memory, rebuilt

__all__ = ["Caller", "bind", "resolve", "zero_of"]

Values = Sequence[Any]
_NUMPY: Any = np
OVERLAP_WORK = 10_000
"""How long to look whether two arrays share elements; longer, and they are taken to."""


def bind(
    inputs: Sequence[Input],
    arguments: Sequence[object],
    named: Mapping[str, object],
    who: str,
) -> list[Any]:
    """The arguments of a call in the order of the inputs.

    Raises:
        TypeError: One is missing, too much, or given twice.
    """
    if not named and len(arguments) == len(inputs):
        return list(arguments)
    names = [one.name for one in inputs]
    listed = (
        f"{len(names)} argument{'s' if len(names) != 1 else ''} ({', '.join(names)})"
    )
    if len(arguments) > len(names):
        raise TypeError(f"{who} takes {listed}, got {len(arguments)}")
    found = dict(zip(names, arguments, strict=False))
    for name, value in named.items():
        if name not in names:
            raise TypeError(str(unknown_case(who, "an argument", name, names)))
        if name in found:
            raise TypeError(f"{who} takes {listed}, got {name} twice")
        found[name] = value
    missing = [name for name in names if name not in found]
    if missing:
        raise TypeError(f"{who} takes {listed}, without {', '.join(missing)}")
    return [found[name] for name in names]


def resolve(shape: Sequence[Dim], values: Values) -> tuple[int, ...]:
    """Sizes as numbers, where those of inputs are known."""
    return tuple(
        size if isinstance(size, int) else int(np.shape(values[size[0]])[size[1]])
        for size in shape
    )


def zero_of(one: Input, values: Values) -> Any:
    """A zero of an input's type and shape; sizes that follow from others are those of the values before it.

    Raises:
        LookupError: A size follows from no other input.
    """
    if not isinstance(one.kind, Buffer):
        return 0.0
    number = len(values)
    if any(not isinstance(size, int) and size[0] >= number for size in one.shape):
        raise LookupError(one.name)
    return np.zeros(resolve(one.shape, values), one.kind.element.dtype)


class Caller:
    """Compiled code, called with a value for each input of its signature."""

    def __init__(self, signature: Signature, compiled: Callable[..., Any]) -> None:
        self._signature = signature
        self._compiled = compiled
        self._written = frozenset(
            parameter.of
            for parameter in signature.parameters
            if parameter.is_written and parameter.origin is Origin.GIVEN
        )
        inputs = list(enumerate(signature.inputs))
        self._arrays = [
            (number, one) for number, one in inputs if isinstance(one.kind, Buffer)
        ]
        self._memory = [
            (number, one) for number, one in self._arrays if is_memory(one.kind)
        ]
        self._sizes = [
            (number, axis, size)
            for number, one in inputs
            for axis, size in enumerate(one.shape)
            if not isinstance(size, int) and size != (number, axis)
        ]
        self._is_plain = all(
            parameter.origin is Origin.GIVEN and parameter.of == number
            for number, parameter in enumerate(signature.parameters)
        )

    def __call__(self, given: Values, who: str) -> Any:
        """Call it, and group its outputs as the signature says; see `outputs`."""
        return rebuilt(self._signature.tree, self.outputs(given, who))

    def outputs(self, given: Values, who: str) -> list[Any]:
        """Call it, and give back all its outputs.

        Args:
            given: A value for each input.
            who: What is called, for errors.

        Raises:
            TypeError: A value is of a wrong kind.
            ValueError: A value is out of range, of another shape, or shares memory with one that is written to.
        """
        signature = self._signature
        values = list(given)
        for number, one in self._arrays:
            values[number] = _array(one, values[number], number in self._written, who)
        if self._sizes:
            self._check_sizes(values, who)
        if self._written and len(self._memory) > 1:
            self._check_overlaps(values, who)
        passed = values if self._is_plain else self._passed(values)
        try:
            returned = self._compiled(*passed)
        except (TypeError, ValueError):
            self._explain(values, who)
            raise
        for number in self._written:
            if values[number] is not given[number]:  # its axes were moved
                axis = signature.inputs[number].axis
                np.copyto(np.moveaxis(given[number], axis, 0), values[number])
        results = (returned,) if len(signature.results) == 1 else returned
        return [
            (results if output.place is Place.RESULT else passed)[output.index]
            for output in signature.outputs
        ]

    def _passed(self, values: Values) -> list[Any]:
        """A value for each parameter."""
        passed: list[Any] = []
        for parameter in self._signature.parameters:
            if parameter.origin is Origin.GIVEN:
                passed.append(values[parameter.of])
            elif parameter.origin is Origin.COPIED:
                passed.append(np.array(values[parameter.of]))
            else:
                assert isinstance(parameter.kind, Buffer)
                make = np.zeros if parameter.origin is Origin.ZEROS else np.ones
                shape = resolve(parameter.shape, values)
                passed.append(make(shape, parameter.kind.element.dtype))
        return passed

    def _check_sizes(self, values: Values, who: str) -> None:
        """Sizes that follow from other inputs: compiled code relies on them."""
        inputs = self._signature.inputs
        for number, axis, (source, along) in self._sizes:
            found, wanted = np.shape(values[number]), np.shape(values[source])
            if len(found) != len(inputs[number].shape) or len(wanted) <= along:
                continue  # a wrong rank is told by the check of kinds
            if found[axis] != wanted[along]:
                raise ValueError(
                    f"{who}: {inputs[number].name} has the shape {found}, accepted is {wanted[along]} along axis "
                    f"{axis}, as {inputs[source].name} has along axis {along}"
                )

    def _check_overlaps(self, values: Values, who: str) -> None:
        """Memory that is written to must not be another argument's too: its derivative would be missed there."""
        arrays = [
            (number, one.name, values[number])
            for number, one in self._memory
            if isinstance(values[number], np.ndarray)
        ]
        for number, name, value in arrays:
            for other, its_name, array in arrays:
                if (
                    number in self._written
                    and other != number
                    and _overlap(value, array)
                ):
                    raise ValueError(
                        f"{who}: {its_name} shares memory with {name}, which the function may write to, accepted are "
                        "arrays apart from each other; pass a copy"
                    )

    def _explain(self, values: Values, who: str) -> None:
        """Raise the error about the first input that is wrong, by its name; compiled code counts its own arguments."""
        for one, value in zip(self._signature.inputs, values, strict=True):
            pass_argument(one.kind, value, f"{who}: {one.name}")


def _array(one: Input, value: Any, is_written: bool, who: str) -> Any:
    """An array as compiled code takes it: the caller's own where it may be written to, else that or a copy."""
    kind = one.kind
    assert isinstance(kind, Buffer)
    if one.axis and np.ndim(value) > one.axis:
        if is_written and not isinstance(value, np.ndarray):
            pass_argument(kind, value, f"{who}: {one.name}")
        value = np.ascontiguousarray(np.moveaxis(np.asarray(value), one.axis, 0))
    if kind.is_tensor or is_written:
        return value
    if isinstance(value, np.ndarray):
        is_fitting = kind.strides is not None or value.flags.c_contiguous
        if is_fitting and value.flags.writeable:
            return value
    as_value = replace(kind, is_tensor=True)
    return pass_argument(as_value, value, f"{who}: {one.name}").array


def _overlap(one: Any, other: Any) -> bool:
    if not np.may_share_memory(one, other):
        return False
    try:
        return bool(_NUMPY.shares_memory(one, other, max_work=OVERLAP_WORK))
    except np.exceptions.TooHardError:
        return True
