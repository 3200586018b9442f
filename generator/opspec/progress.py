"""How far long work is: whoever does it says so, and who wants to show it does; nobody, unless a command asked to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeAlias

__all__ = ["Show", "progress", "show_progress"]

Show: TypeAlias = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""Shows work of so many steps for as long as it is entered; what it gives is called with how many are done."""

_shows: list[Show] = []


def show_progress(show: Show | None) -> None:
    """Let this one show all work from now on, and nobody else."""
    _shows[:] = [] if show is None else [show]


@contextmanager
def progress(doing: str, steps: int) -> Iterator[Callable[[int], None]]:
    """Work of so many steps: what it gives is called with how many are done. Work inside of it is not shown."""
    if not _shows:
        yield _unseen
        return
    show = _shows.pop()
    try:
        with show(doing, steps) as done:
            yield done
    finally:
        _shows.append(show)


def _unseen(_: int) -> None:
    """Nobody looks."""
