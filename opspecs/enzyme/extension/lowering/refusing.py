"""What the preparation cannot do, told to the caller as a refusal that names the caller's operation."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from .errors import EnzymeRefusal
from .origins import Origins
from .prepare.unsupported import Unsupported

__all__ = ["refusals"]


@contextmanager
def refusals(origins: Origins) -> Generator[None]:
    """Raise what is unsupported inside as `EnzymeRefusal`, with the operation of the caller as its fault."""
    try:
        yield
    except Unsupported as error:
        fault = origins.find(error.location)
        raise EnzymeRefusal(error.sentence, fault=fault) from None
