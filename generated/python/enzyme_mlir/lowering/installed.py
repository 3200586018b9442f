"""Where the Enzyme in use is installed, and others beside it."""

from __future__ import annotations

import importlib.util
import os
import platform
import sys
from pathlib import Path

from .._runtime.host import PACKAGE
from ..releases import RELEASES, nearest_release, numbers_of, release_of
from .errors import EnzymeUnavailable

__all__ = ["VARIABLE", "enzymes_for", "find_enzyme", "is_available"]

VARIABLE = f"{PACKAGE.upper()}_ENZYME"
"""The environment variable that names the folder of another Enzyme, or those of several as `PATH` does."""

_PYTHON, _PLATFORM = (3, 11), ("Linux", "x86_64")
"""What there are wheels for of the releases that the package knows."""
_OLDEST = RELEASES[0] if RELEASES else "0.0.14"


def _is_supported() -> bool:
    """Whether there are wheels for this Python on this machine."""
    here = platform.system(), platform.machine()
    is_python = sys.implementation.name == "cpython" and sys.version_info[:2] == _PYTHON
    return is_python and here == _PLATFORM


def _advice() -> str:
    """How to come by an Enzyme that the package knows, or that there is none for this Python or machine."""
    wanted = f"enzyme-ad>={_OLDEST}"
    if _is_supported():
        return f"install it with: pip install '{wanted}'"
    return (
        f"{wanted} exists for CPython 3.11 on Linux x86_64 only, and this is {platform.python_implementation()} "
        f"{platform.python_version()} on {platform.system()} {platform.machine()}, where pip finds older ones or none; "
        "building and verifying IR work here, and what runs Enzyme works with that Python"
    )


def find_enzyme(path: str | os.PathLike[str] | None = None) -> Path:
    """The folder that holds the package `enzyme_ad`.

    Args:
        path: Such a folder (what `pip install --target` was given); by default the one that the environment variable
            `ENZYME_MLIR_ENZYME` names first, or else that of the Enzyme which this Python would import.

    Raises:
        EnzymeUnavailable: There is no Enzyme, or the installed one is older than all that the package knows.
    """
    if path is not None:
        return _checked(path, "")
    named = _named()
    if named:
        return _checked(named[0], f", which {VARIABLE} names")
    spec = importlib.util.find_spec("enzyme_ad")
    if spec is None or not spec.submodule_search_locations:
        raise EnzymeUnavailable(f"Enzyme is not installed; {_advice()}")
    folder = Path(next(iter(spec.submodule_search_locations))).parent
    found = release_of(folder)
    if found is not None and numbers_of(found) < numbers_of(_OLDEST):
        raise EnzymeUnavailable(
            f"enzyme-ad {found} in {str(folder)!r} is too old; {_advice()}"
        )
    return folder


def enzymes_for(path: str | os.PathLike[str] | None, release: str | None) -> list[Path]:
    """The folders of the Enzymes that may be asked to read a text, the newest first.

    Args:
        path: The only one to ask; by default all that `ENZYME_MLIR_ENZYME` names, or else the installed one.
        release: The release of those to ask; any by default.

    Returns:
        The folders; none where there are Enzymes, but none of that release.

    Raises:
        EnzymeUnavailable: There is no Enzyme.
    """
    named = [] if path is not None else _named()
    known = [_checked(each, f", which {VARIABLE} names") for each in named]
    known = known or [find_enzyme(path)]
    if release is not None:
        known = [each for each in known if is_of(each, release)]
    return sorted(known, key=lambda each: numbers_of(release_of(each)), reverse=True)


def is_of(folder: Path, release: str) -> bool:
    """Whether the Enzyme in a folder has the syntax of a release."""
    found = release_of(folder)
    return found is not None and nearest_release(found) == release


def _named() -> list[str]:
    """What the environment variable names; nothing where it is not set."""
    chosen = os.environ.get(VARIABLE)
    return [] if chosen is None else chosen.split(os.pathsep)


def _checked(chosen: str | os.PathLike[str], said: str) -> Path:
    folder = Path(chosen).absolute()
    if (folder / "enzyme_ad").is_dir():
        if any((folder / "enzyme_ad" / "jax").glob("*")):
            return folder
        raise EnzymeUnavailable(
            f"the folder enzyme_ad in {str(folder)!r}{said}, holds no Enzyme: there is nothing in enzyme_ad/jax"
        )
    raise EnzymeUnavailable(f"there is no folder enzyme_ad in {str(folder)!r}{said}")


def is_available(path: str | os.PathLike[str] | None = None) -> bool:
    """Whether there is an Enzyme, in `path` or where `find_enzyme` looks."""
    try:
        find_enzyme(path)
    except EnzymeUnavailable:
        return False
    return True
