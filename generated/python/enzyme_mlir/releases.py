"""The release of the tool that takes the IR (Enzyme): which one is in use, and what it has.

One installed package serves all of `RELEASES`. Attributes are written as the release in use reads them, and an
operation that it does not have is refused. The release in use is the one that `using_release` names for a block; else
the one that `use_release` named; else the one that the environment variable `<PACKAGE>_RELEASE` names (for the package
`enzyme_mlir`: `ENZYME_MLIR_RELEASE`); else the one that is installed; else the newest. Where None is named, IR is
written as the specs say, and nothing is refused.
"""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ._release_table import DISTRIBUTION, OPERATIONS, RELEASES

__all__ = [
    "RELEASES",
    "nearest_release",
    "release_in_use",
    "release_of",
    "use_release",
    "using_release",
]

_PACKAGE = __name__.partition(".")[0]
_RELEASE_VARIABLE = f"{_PACKAGE.upper()}_RELEASE"
_FOLDER_VARIABLE = f"{_PACKAGE.upper()}_ENZYME"


class _Chosen:
    """What `use_release` named: a release, the empty text for None, or None where it was not called."""

    release: str | None = None


CHOSEN = _Chosen()
_here: ContextVar[str | None] = ContextVar("release", default=None)

here = _here.get
"""What `using_release` names here and now; None outside of it. Two that are equal are the same object."""


def _known(release: str | None, who: str) -> str:
    """The release, or the empty text for None."""
    if release is None:
        return ""
    if not isinstance(release, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(
            f"{who}: release is {type(release).__name__}, accepted is one of {', '.join(RELEASES) or 'none'}"
        )
    if release not in RELEASES:
        raise ValueError(
            f"{who}: release is {release!r}, accepted is one of {', '.join(RELEASES) or 'none'}"
        )
    return RELEASES[RELEASES.index(release)]


def use_release(release: str | None) -> None:
    """Write and check operations as this release of Enzyme has them, in the whole process, from now on.

    None stands for what the specs say. Raises `ValueError` where it is none of `RELEASES`.
    """
    CHOSEN.release = _known(release, "use_release")


@contextmanager
def using_release(release: str | None) -> Generator[None]:
    """Write and check operations as this release of Enzyme has them, in a block of this thread or task.

    None stands for what the specs say. Raises `ValueError` where it is none of `RELEASES`.
    """
    token = _here.set(_known(release, "using_release"))
    try:
        yield
    finally:
        _here.reset(token)


def release_in_use() -> str:
    """The release that IR is written for; empty where IR is written as the specs say."""
    found = here()
    if found is None:
        found = CHOSEN.release
    return _found() if found is None else found


@cache
def _found() -> str:
    """What the environment names, or else the installed release, or else the newest; looked for once."""
    if not RELEASES:
        return ""
    named = os.environ.get(_RELEASE_VARIABLE)
    if named is not None:
        return _known(named, _RELEASE_VARIABLE)
    found = release_of(
        os.environ.get(_FOLDER_VARIABLE, "").split(os.pathsep)[0] or None
    )
    return RELEASES[-1] if found is None else nearest_release(found)


def release_of(folder: str | os.PathLike[str] | None = None) -> str | None:
    """The release that is installed in a folder, by default where this Python finds it; None where there is none.

    It need not be one of `RELEASES`: see `nearest_release`.
    """
    if not DISTRIBUTION:
        return None
    if folder is None:
        spec = importlib.util.find_spec(DISTRIBUTION.replace("-", "_"))
        if spec is None or not spec.submodule_search_locations:
            return None
        folder = Path(next(iter(spec.submodule_search_locations))).parent
    from importlib.metadata import distributions  # it takes long, and few ask

    for found in distributions(name=DISTRIBUTION, path=[os.fspath(folder)]):
        return found.version
    return None


def numbers_of(release: str | None) -> list[int]:
    """What releases are put in order by; those that are not known come first."""
    return [int(part) for part in re.findall(r"\d+", release or "")]


def nearest_release(release: str) -> str:
    """The newest of `RELEASES` that is not newer than this one; the oldest where all are newer."""
    older = [known for known in RELEASES if numbers_of(known) <= numbers_of(release)]
    return older[-1] if older else RELEASES[0]


def check_released(operation: str) -> None:
    """Raise `ValueError` where the release in use does not have the operation."""
    absent = absence(OPERATIONS[operation])
    if absent is not None:
        raise ValueError(
            f"{operation}: the operation is built for {absent.release}, which does not have it, accepted is a release "
            f"that has: it is there {absent.there}; install another, or name the one in use with use_release"
        )


@dataclass(frozen=True, slots=True)
class Absence:
    """Something that the release in use does not have: that release, and where it is there, in words."""

    release: str
    there: str


def absence(offered: Sequence[str]) -> Absence | None:
    """What to say of something that only the releases `offered` have; None where the one in use is among them."""
    release = release_in_use()
    if not release or release in offered:
        return None
    later = [known for known in offered if numbers_of(known) > numbers_of(release)]
    earlier = [known for known in offered if numbers_of(known) < numbers_of(release)]
    there = (
        f"since release {later[0]}"
        if later
        else f"up to release {earlier[-1]}" if earlier else "in no release known"
    )
    return Absence(f"release {release} of {DISTRIBUTION}", there)
