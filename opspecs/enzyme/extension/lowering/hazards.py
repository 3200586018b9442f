"""The derivatives in a module that Enzyme is known to get wrong.

A derivative is looked at as Enzyme is about to see it: prepared, or as the caller wrote it where preparation is off.
Most kinds are mended by the preparation, so that they are found only without it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .._given import Unsound
from .._runtime.showing import Listing
from .errors import EnzymeError, FailingOperation
from .hazard_kinds import HAZARD_KINDS, HazardKind, View
from .origins import Origins
from .prepare.activity import Activity
from .prepare.building import body_of, symbol_of, walk
from .prepare.derivatives import Derivative, functions_of, symbol_in
from .prepare.still import is_inactive

__all__ = [
    "Hazard",
    "Hazards",
    "UnsoundDerivative",
    "UnsoundWarning",
    "find_hazards",
    "meet",
]


CALLER = 7
"""How far the caller of `lowering.run` is from `meet`, in calls."""


@dataclass(frozen=True, slots=True)
class Hazard:
    """A derivative that would come out wrong."""

    kind: HazardKind
    """What is wrong."""
    mode: str
    """`forward` or `reverse`."""
    operation: FailingOperation
    """The operation because of which it is wrong."""
    derivative: FailingOperation
    """The `enzyme.autodiff` or `enzyme.fwddiff`."""

    def __str__(self) -> str:
        return (
            f"{self.operation}\n"
            f"  {self.kind.name}, in {self.mode} mode: {self.kind.wrong}\n"
            f"  instead: {self.kind.instead}\n"
            f"  asked for by {self.derivative}"
        )

    def __repr__(self) -> str:
        where = f" at {self.operation.location}" if self.operation.location else ""
        return f"<Hazard {self.kind.name}, in {self.mode} mode: {self.operation.name}{where}>"

    def _repr_html_(self) -> str:
        return Hazards((self,)).html

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of a table."""
        kind = self.kind
        places = (str(self.operation), str(self.derivative))
        return kind.name, self.mode, *places, kind.wrong, kind.instead


class Hazards(Listing[Hazard]):
    """The hazards of a module, as a tuple; it shows one below the other, in a notebook as a table."""

    __slots__ = ()

    NOUN = "hazard"
    TITLES = ("kind", "mode", "because of", "asked for by", "what is wrong", "instead")


class UnsoundDerivative(EnzymeError):
    """A derivative that Enzyme is known to get wrong without a word; it is refused."""

    def __init__(self, hazards: tuple[Hazard, ...]) -> None:
        """Refuse.

        Args:
            hazards: What would be wrong, at least one.
        """
        super().__init__(_sentence(hazards), fault=hazards[0].operation)
        self.hazards = hazards
        """What would be wrong."""

    def __str__(self) -> str:
        return self.message


class UnsoundWarning(UserWarning):
    """A derivative that Enzyme is known to get wrong, and that is given all the same."""


def _sentence(hazards: tuple[Hazard, ...]) -> str:
    several = f"{len(hazards)} derivatives" if len(hazards) > 1 else "a derivative"
    lines = [f"Enzyme is known to get {several} wrong without a word"]
    lines += [str(hazard) for hazard in hazards]
    return "\n".join([*lines, 'unsound="warn" or "allow" gives it all the same'])


def meet(hazards: tuple[Hazard, ...], unsound: Unsound) -> None:
    """Do about hazards what the caller wants: `refuse`, `warn` or `allow`.

    Raises:
        UnsoundDerivative: There are some, and they are refused.
    """
    if not hazards or unsound == "allow":
        return
    if unsound == "refuse":
        raise UnsoundDerivative(hazards)
    warnings.warn(_sentence(hazards), UnsoundWarning, stacklevel=CALLER)


def find_hazards(
    derivatives: Iterable[Derivative],
    module: Any,
    release: str | None,
    origins: Origins,
) -> Hazards:
    """What is known to come out wrong of some derivatives.

    Args:
        derivatives: The derivatives.
        module: The module with their functions, as Enzyme is about to see it.
        release: The release of Enzyme; None stands for all of them.
        origins: The operations of the caller's module.
    """
    functions = functions_of(module)
    found: dict[tuple[object, ...], Hazard] = {}
    for derivative in derivatives:
        if derivative.mode == "batch":
            continue
        asked = origins.find(str(derivative.operation.location))
        for function in _functions_behind(derivative.callee, functions):
            view = _look(derivative, function, release or "")
            for kind, operation in _find(view):
                named = origins.find(str(operation.location))
                if named is not None and asked is not None:
                    hazard = Hazard(kind, derivative.mode, named, asked)
                    found[kind.name, derivative.mode, named, asked] = hazard
    return Hazards(found.values())


def _functions_behind(name: str, functions: dict[str, Any]) -> Iterator[Any]:
    """A function and those that it calls, as far as they take part."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        function = functions.get(current)
        if current in seen or function is None or is_inactive(function):
            continue
        seen.add(current)
        if list(function.regions[0].blocks):
            yield function
            waiting += [
                symbol_in(each.attributes["callee"])
                for each in walk(function)
                if each.name == "func.call"
            ]


def _look(derivative: Derivative, function: Any, release: str) -> View:
    active: Iterable[int] = range(len(body_of(function).arguments))
    if symbol_of(function) == derivative.callee:
        active = [
            position
            for position, word in enumerate(derivative.activity)
            if "const" not in word
        ]
    operations = tuple(walk(function))
    return View(
        derivative=derivative,
        function=function,
        activity=Activity(function, list(active)),
        operations=operations,
        release=release,
    )


def _find(view: View) -> Iterator[tuple[HazardKind, Any]]:
    for kind in HAZARD_KINDS.values():
        is_known = not view.release or view.release in kind.releases
        if view.derivative.mode in kind.modes and is_known:
            for operation in kind.find(view):
                yield kind, operation
