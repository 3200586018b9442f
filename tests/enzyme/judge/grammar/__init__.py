"""What programs are made of: one file for each part of the language, each with its productions."""

from __future__ import annotations

from . import control, memory, scalars
from .building import Builder, Production

__all__ = ["PRODUCTIONS", "Builder", "Production"]

PRODUCTIONS: tuple[Production, ...] = (
    *scalars.PRODUCTIONS,
    *control.PRODUCTIONS,
    *memory.PRODUCTIONS,
)
"""All ways to make a statement."""
