"""docs/derivatives.md lists what is tested, all of it and nothing else, and what its sources say."""

from __future__ import annotations

import re
from pathlib import Path

from .cases import MODES, Case
from .checked import CHECKED
from .table import known_sections

PAGE = (Path(__file__).parents[3] / "docs" / "derivatives.md").read_text(encoding="utf-8")
AGAIN = "run: python -m tests.enzyme.gradients.table docs/derivatives.md"


def test_the_list_is_of_what_is_tested() -> None:
    tested = [
        (each.name, mode, bool(each.refused))
        for section in CHECKED.values()
        for each in section
        for mode in (MODES if isinstance(each, Case) else (each.mode,))
    ]
    listed = PAGE[PAGE.index("## Every derivative that is compared") :]
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (\S+) \|", listed, re.MULTILINE)
    found = [(name, mode, error == "refused") for name, mode, error in rows if name not in ("what", "---")]
    assert found == tested, AGAIN


def test_the_other_sections_are_those_of_the_figures_and_tables() -> None:
    assert PAGE.startswith(known_sections()), AGAIN
