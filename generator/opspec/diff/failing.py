"""Files that are wrong: nothing was done with them, so the command failed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from opspec.diagnostics import SpecError, ToolError, render
from opspec.terminal import paint_findings, say

__all__ = ["NOT_COMPARED", "failing_closed"]

NOT_COMPARED = "nothing was compared"


def _is_choice(path: str) -> bool:
    return Path(path).name == "overlay.yaml"


@contextmanager
def failing_closed(consequence: str) -> Iterator[None]:
    """A file that is wrong was not loaded: mistakes in it are no findings of the command but its failure."""
    try:
        yield
    except SpecError as error:
        for found in error.diagnostics:
            say(render(found), paint_findings, err=True)
        count = len(error.diagnostics)
        if consequence == NOT_COMPARED and any(_is_choice(found.location.path) for found in error.diagnostics):
            consequence = f"{consequence}; --facts compares without overlays, which may be older than the facts"
        raise ToolError(
            f"there {'is' if count == 1 else 'are'} {count} error{'s' * (count != 1)}; {consequence}"
        ) from error
