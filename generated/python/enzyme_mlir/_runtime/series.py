"""Many operations at one place: what is around them is looked at once, and again when all are there."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from .caches import Memory
from .complaints import Complaint, complaining
from .errors import nothing_current, wrong_type
from .host import current_location, ir
from .surroundings import check_place, current_place
from .symbols import owner_of

__all__ = ["OPEN", "Series", "building", "current_series"]


class _Open:
    """How many series are open, in all threads."""

    count = 0


OPEN = _Open()


class Series:
    """The operations that are built inside one `building`.

    Args:
        place: Where they are built.
    """

    def __init__(self, place: ir.InsertionPoint) -> None:
        self.place = place
        self._again: list[tuple[Memory, Callable[..., Any]]] = []
        self._assumed: list[Callable[[Any], str]] = []

    def keep(
        self,
        memory: Memory,
        context: ir.Context,
        again: Callable[..., Any],
        assumed: Callable[[Any], str],
    ) -> None:
        """Take a call for right until the end.

        Args:
            memory: The last calls of the builder.
            context: Where it builds.
            again: What builds an operation of the same arguments.
            assumed: Says at the end, from inside the operation that is given, what does not hold any more.
        """
        memory.keep(context, again)
        self._again.append((memory, again))
        self._assumed.append(assumed)

    def end(self) -> None:
        """Forget all calls."""
        for memory, again in self._again:
            memory.drop(again)

    def check(self) -> None:
        """Raise `ValueError` where something changed that calls were taken for right by."""
        around = owner_of(self.place)
        for assumed in self._assumed:
            complaint = assumed(around)
            if complaint:
                accepted = "what stays as it is until the end"
                text = (
                    f"{complaint} while operations were built, accepted is {accepted}"
                )
                changed = Complaint("what was built on", complaint, accepted)
                raise complaining(ValueError, "building", changed, text)


_current: ContextVar[Series | None] = ContextVar("series", default=None)

current_series = _current.get
"""The innermost series of this thread or task; None outside of all."""


@contextmanager
def building(
    ip: ir.InsertionPoint | None = None, *, loc: ir.Location | None = None
) -> Generator[ir.InsertionPoint]:
    """Build many operations at one place: `with building(ip): ...`.

    Place, context and release are looked at once, and so is what follows from them: the operation around, the functions
    that are named, and the types of the arguments of blocks. Calls are checked as ever, but those like an earlier one
    only by what they are given. At the end all of that is looked at again.

    Args:
        ip: Where they are built; the current insertion point by default.
        loc: Their location; the current one by default.

    Yields:
        The insertion point.

    Raises:
        TypeError: An argument is of a wrong type.
        ValueError: There is no such place or no location; or, at the end, a function or a type has changed.
    """
    if ip is not None and not isinstance(ip, ir.InsertionPoint):
        raise wrong_type("building", "ip", ip, "an InsertionPoint")
    if loc is not None and not isinstance(loc, ir.Location):
        raise wrong_type("building", "loc", loc, "a Location")
    place = current_place() if ip is None else ip
    if place is None:
        raise nothing_current(
            "building",
            "insertion point",
            "ip is not given and there is no current insertion point, accepted is an InsertionPoint: pass one, or "
            "enter one",
        )
    with ExitStack() as entered:
        entered.enter_context(place)
        if loc is not None:
            check_place("building", place, loc.context)
            entered.enter_context(loc)
            entered.enter_context(place)
        where = current_location()
        if where is None:
            raise nothing_current(
                "building",
                "location",
                "loc is not given and there is no current location, accepted is a Location: pass loc=, or enter one",
            )
        check_place("building", place, where.context)
        series = Series(place)
        token = _current.set(series)
        OPEN.count += 1
        try:
            yield place
        finally:
            OPEN.count -= 1
            _current.reset(token)
            series.end()
        series.check()
