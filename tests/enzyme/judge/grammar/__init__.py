"""What programs are made of: one file for each part of the language, each with its productions."""

from __future__ import annotations

from . import affine, calls, complexes, control, linalg, memory, parallel, scalars, tensors, views
from .building import Builder, Module, Production

__all__ = ["PARTS", "PRODUCTIONS", "Builder", "Module", "Production"]

PARTS: dict[str, tuple[Production, ...]] = {
    "scalars": scalars.PRODUCTIONS,
    "control": control.PRODUCTIONS,
    "affine": affine.PRODUCTIONS,
    "parallel": parallel.PRODUCTIONS,
    "memory": memory.PRODUCTIONS,
    "views": views.PRODUCTIONS,
    "linalg": linalg.PRODUCTIONS,
    "tensors": tensors.PRODUCTIONS,
    "calls": calls.PRODUCTIONS,
    "complex": complexes.PRODUCTIONS,
}
PRODUCTIONS: tuple[Production, ...] = tuple(each for part in PARTS.values() for each in part)
"""All ways to make a statement."""
