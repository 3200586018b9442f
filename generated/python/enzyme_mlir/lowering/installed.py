"""Where the Enzyme in use is installed."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

from .._runtime.host import PACKAGE
from .errors import EnzymeUnavailable

__all__ = ["VARIABLE", "find_enzyme", "is_available"]

VARIABLE = f"{PACKAGE.upper()}_ENZYME"
"""The environment variable that names the folder of another Enzyme."""


def find_enzyme(path: str | os.PathLike[str] | None = None) -> Path:
    """The folder that holds the package `enzyme_ad`.

    Args:
        path: Such a folder (what `pip install --target` was given); by default the one that the environment variable
            `ENZYME_MLIR_ENZYME` names, or else that of the Enzyme which this Python would import.

    Raises:
        EnzymeUnavailable: There is no Enzyme.
    """
    chosen = path if path is not None else os.environ.get(VARIABLE)
    if chosen is not None:
        folder = Path(chosen).absolute()
        if (folder / "enzyme_ad").is_dir():
            return folder
        said = "" if path is not None else f", which {VARIABLE} names"
        raise EnzymeUnavailable(
            f"there is no folder enzyme_ad in {str(folder)!r}{said}"
        )
    spec = importlib.util.find_spec("enzyme_ad")
    if spec is None or not spec.submodule_search_locations:
        raise EnzymeUnavailable(
            "Enzyme is not installed; install it with: pip install enzyme-ad"
        )
    return Path(next(iter(spec.submodule_search_locations))).parent


def is_available(path: str | os.PathLike[str] | None = None) -> bool:
    """Whether there is an Enzyme, in `path` or where `find_enzyme` looks."""
    try:
        find_enzyme(path)
    except EnzymeUnavailable:
        return False
    return True
