"""What an overlay says about names: chosen ones, second ones, and old ones that still work.

Outside a `python:` block things are called as the dialect calls them, inside as Python calls them.
"""

from __future__ import annotations

from dataclasses import field

from opspec.dataclass import dataclass
from opspec.diagnostics import Location

__all__ = ["NO_DIALECT_NAMES", "NO_NAMES", "ChosenName", "DialectNames", "Names", "OldName"]

_NOWHERE = Location("<unknown>")


@dataclass(frozen=True, slots=True)
class ChosenName:
    """A Python name that a person wrote (`fwd_diff`); empty where nobody did."""

    text: str = ""
    location: Location = field(default=_NOWHERE, compare=False)

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class OldName:
    """A name that a thing had, and that generated code still takes.

    `text` is what the dialect called it, and the convention makes a Python name of it (`forwarddiff`); with `is_python`
    it is the Python name itself. `class_name` is the class that an operation had, where that changed too. `until` is
    the version (`0.5`) or the date (`2027-01-31`) at which the name is to go; empty where none is declared.
    """

    text: str
    is_python: bool = False
    class_name: str = ""
    until: str = ""
    location: Location = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one thing: `chosen` instead of the convention's, `aliases` beside it, `old` ones deprecated.

    `class_name` is chosen for the class of an operation.
    """

    chosen: ChosenName = ChosenName()
    class_name: ChosenName = ChosenName()
    aliases: tuple[ChosenName, ...] = ()
    old: tuple[OldName, ...] = ()


@dataclass(frozen=True, slots=True)
class DialectNames:
    """A dialect's own choices: its module, its convention, and how words of its names are split.

    `splits` are pairs such as `(fwddiff, fwd_diff)`.
    """

    module: ChosenName = ChosenName()
    convention: ChosenName = ChosenName()
    words: tuple[str, ...] = ()
    splits: tuple[tuple[str, str], ...] = ()


NO_NAMES = Names()
"""The overlay says nothing about the names of a thing."""

NO_DIALECT_NAMES = DialectNames()
"""The overlay says nothing about the names of its dialect."""
