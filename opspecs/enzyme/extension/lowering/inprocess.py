"""Enzyme in the process of the caller, for those who dare."""

from __future__ import annotations

import os
import threading
from typing import Any

from .errors import EnzymeRefusal, EnzymeUnavailable
from .fork_server import load, run_passes
from .installed import find_enzyme

__all__ = ["run_here"]

_LOCK = threading.Lock()
_LOADED: dict[str, Any] = {}


def run_here(
    text: str, pipeline: str, enzyme: str | os.PathLike[str] | None = None
) -> str:
    """What Enzyme makes of a module, in generic form, in this process; its complaints go to standard error.

    Raises:
        EnzymeUnavailable: There is no Enzyme, or another one has been loaded already.
        EnzymeRefusal: Enzyme did not take the module or the pipeline.
    """
    folder = str(find_enzyme(enzyme))
    with _LOCK:
        if folder not in _LOADED:
            if _LOADED:
                raise EnzymeUnavailable(
                    f"the Enzyme in {next(iter(_LOADED))!r} is loaded in this process, so that in {folder!r} cannot be"
                )
            _LOADED[folder] = load(folder)
        library = _LOADED[folder]
    try:
        return run_passes(library, text, pipeline, "generic")
    except Exception as error:
        raise EnzymeRefusal(str(error)) from None
