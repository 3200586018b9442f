"""What a person has to choose before facts that were just extracted can be generated from."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from opspec.diagnostics import Diagnostics, ToolError
from opspec.naming.check import check_names
from opspec.naming.conventions import CONVENTIONS
from opspec.naming.policy import policy_for
from opspec.spec.load import load_dialect

__all__ = ["open_choices"]

_SHOWN = 3


def open_choices(text: str, beside: Path | None) -> Iterator[str]:
    """A line for everything in the text of a `dialect.yaml` that generation would stop at.

    `beside` is where the text was written: an overlay there counts. The default convention decides about names.
    """
    with tempfile.TemporaryDirectory(prefix="opspec-") as temporary:
        facts = Path(temporary) / "dialect.yaml"
        facts.write_text(text, encoding="utf-8")
        overlay = beside.with_name("overlay.yaml") if beside is not None else None
        if overlay is not None and overlay.is_file():
            shutil.copy(overlay, facts.with_name("overlay.yaml"))
        diagnostics = Diagnostics()
        try:
            dialect = load_dialect(facts, diagnostics, Path(temporary), orphans=[])
        except ToolError:
            return
    if dialect is None or diagnostics.found:
        for found in diagnostics.found[:_SHOWN]:
            yield f"generate will refuse this: {found.message}"
        return
    check_names(dialect, policy_for(dialect, CONVENTIONS[0]), diagnostics)
    count = len(diagnostics.found)
    if count:
        yield f"{count} name{'s' if count != 1 else ''} to choose; `opspec names --fix` writes a proposal for each:"
        yield from (f"  {found.message}" for found in diagnostics.found[:_SHOWN])
        if count > _SHOWN:
            yield f"  and {count - _SHOWN} more"
