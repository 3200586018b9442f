"""How a function is called: with its arguments, or with its arguments and seeds or tangents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from .._runtime.complaints import Complaint, complaining
from .._runtime.errors import shown
from .choosing import position_of
from .signature import Input
from .values import bind, zero_of

__all__ = ["Flat", "Form", "Pair", "Slot"]


class Form(Protocol):
    """The arguments of a call, brought into the order of the inputs."""

    @property
    def described(self) -> str:
        """The arguments in words: `x, y`."""
        ...

    @property
    def count(self) -> int:
        """How many arguments a call has."""
        ...

    def flat(
        self, arguments: Sequence[object], named: Mapping[str, object], who: str
    ) -> list[Any]:
        """A value for each input."""
        ...


@dataclass(frozen=True, slots=True)
class Flat:
    """An argument for each input, by position or by name."""

    inputs: tuple[Input, ...]

    @property
    def described(self) -> str:
        """The arguments in words."""
        return ", ".join(one.name for one in self.inputs)

    @property
    def count(self) -> int:
        """How many arguments a call has."""
        return len(self.inputs)

    def flat(
        self, arguments: Sequence[object], named: Mapping[str, object], who: str
    ) -> list[Any]:
        """A value for each input."""
        return bind(self.inputs, arguments, named, who)


@dataclass(frozen=True, slots=True)
class Slot:
    """What a seed or a tangent belongs to."""

    name: str
    """The output or the input: `result`, `x`."""
    input: int | None
    """The input that is the seed or the tangent; None for what has none, an integer say."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The arguments, and a value for each of some slots: seeds or tangents."""

    first: Form
    """How the arguments are given."""
    word: str
    """What the second argument is called: `seeds`, `tangents`."""
    slots: tuple[Slot, ...]
    """What has a seed or a tangent, and what of the same kind has none."""
    required: int
    """How many slots a sequence must cover at least; those behind may be left out."""
    inputs: tuple[Input, ...]
    """All inputs: those of the arguments, then the seeds or tangents."""

    @property
    def described(self) -> str:
        """The arguments in words."""
        return f"({self.first.described}), {self.word}"

    @property
    def count(self) -> int:
        """How many arguments a call has."""
        return 2

    def flat(
        self, arguments: Sequence[object], named: Mapping[str, object], who: str
    ) -> list[Any]:
        """A value for each input."""
        given = dict(zip(("arguments", self.word), arguments, strict=False), **named)
        if len(arguments) + len(named) != 2 or set(given) != {"arguments", self.word}:
            raise TypeError(
                f"{who} takes the arguments ({self.first.described}) as a tuple, and {self.word}, got "
                f"{len(arguments) + len(named)} arguments"
            )
        values = self._arguments(given["arguments"], who)
        found = self._slotted(given[self.word], who)
        for one in self.inputs[len(values) :]:
            value = found.get(len(values))
            if value is None:
                try:
                    value = zero_of(one, values)
                except LookupError:
                    raise complaining(
                        ValueError,
                        who,
                        Complaint(
                            f"the {one.name}",
                            "None",
                            "an array, as the size is not known before the call",
                        ),
                    ) from None
            values.append(value)
        return values

    def _arguments(self, given: object, who: str) -> list[Any]:
        if isinstance(given, Mapping):
            return self.first.flat(
                (), {str(key): one for key, one in given.items()}, who
            )
        several = _several(given, self.first.count)
        if several is None:
            raise complaining(
                TypeError,
                who,
                Complaint(
                    "arguments", shown(given), f"a tuple ({self.first.described})"
                ),
            )
        return self.first.flat(several, {}, who)

    def _slotted(self, given: object, who: str) -> dict[int, Any]:
        """The values by the number of their input; None stands for zero."""
        names = [slot.name for slot in self.slots]
        if isinstance(given, Mapping):
            pairs = [
                (self.slots[position_of(key, names, self.word, who)], value)
                for key, value in given.items()
            ]
        else:
            active = [slot for slot in self.slots if slot.input is not None]
            several = _several(given, len(active) if len(active) == 1 else len(names))
            accepted = f"one for each of ({', '.join(names)}), None for none"
            if several is None:
                raise complaining(
                    TypeError,
                    who,
                    Complaint(self.word, shown(given), f"a tuple with {accepted}"),
                )
            if len(several) == len(active):
                slots = active
            elif self.required <= len(several) <= len(names):
                slots = list(self.slots[: len(several)])
            else:
                count = f"{len(several)} value{'s' if len(several) != 1 else ''}"
                raise complaining(
                    ValueError, who, Complaint(self.word, f"{count}", accepted)
                )
            pairs = list(zip(slots, several, strict=True))
        found: dict[int, Any] = {}
        for slot, value in pairs:
            if slot.input is not None:
                found[slot.input] = value
            elif value is not None:
                raise ValueError(
                    f"{who}: {self.word} has {shown(value)} for {slot.name}, accepted is None: it is not differentiated"
                )
        return found


def _several(given: object, count: int) -> list[Any] | None:
    """The values in a tuple or list; one value that stands by itself, where one is wanted."""
    if isinstance(given, tuple) or (isinstance(given, list) and count != 1):
        return list(given)
    return [given] if count == 1 else None
