"""docs/unsound.md tells of every kind of wrong derivative what the product knows of it."""

from __future__ import annotations

from pathlib import Path

from .kinds import HEADING, render_kinds, without_numbers

GUIDE = Path(__file__).parents[3] / "docs" / "unsound.md"


def test_the_guide_has_every_kind() -> None:
    _, heading, section = GUIDE.read_text(encoding="utf-8").partition(HEADING)
    wanted = render_kinds(lambda case: "...")
    assert without_numbers(heading + section) == without_numbers(wanted), (
        "run: python -m tests.enzyme.gradients.kinds docs/unsound.md"
    )
