"""Two sides of a comparison out of the text of specs, as examples of rules give them."""

from __future__ import annotations

from pathlib import Path

from opspec.diagnostics import Diagnostics
from opspec.diff.examples import sides_of
from opspec.diff.sides import ProjectSide
from opspec.model.dialect import Dialect
from opspec.spec.load import load_dialect

__all__ = ["HISTORY", "history", "load", "sides_of"]

HISTORY = Path(__file__).parent / "history"


def load(path: Path, *, with_overlay: bool = True) -> Dialect:
    """A checked dialect."""
    diagnostics = Diagnostics()
    dialect = load_dialect(path, diagnostics, with_overlay=with_overlay)
    diagnostics.raise_if_any()
    assert dialect is not None
    return dialect


def history(name: str) -> ProjectSide:
    """One of the versions of Enzyme's dialect that are committed beside this file."""
    return ProjectSide((load(HISTORY / f"{name}.yaml"),), "mnemonic")
