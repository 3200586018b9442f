"""Rewrite the committed history of the records, a page and a timeline: `python -m tests.history.rewrite`."""

from __future__ import annotations

from tests.command import opspec
from tests.records import RECORDS, ROOT

PAGE = ROOT / "docs" / "history.md"
TIMELINE = ROOT / "docs" / "history.svg"
MARK = "<!-- what follows is written by: python -m tests.history.rewrite -->\n"
ORDER = "ae27aa0e,4cdb2246"


def fresh(style: str) -> str:
    """What the command says of the records."""
    done = opspec("history", str(RECORDS), "--order", ORDER, "--format", style, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def page() -> str:
    """The page with what the command says below the mark."""
    words, mark, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    assert mark, "the page has a mark"
    return f"{words}{mark}\n{fresh('markdown')}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    TIMELINE.write_text(fresh("svg"), encoding="utf-8", newline="\n")
