"""Every link of the Markdown that people read leads to a file or folder that is there, and its anchor to a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("generated/docs/**/*.md")])
LINK = re.compile(r"\]\((?P<target><[^>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\)")
NAMED = re.compile(r"^ {0,3}\[[^\]]+\]:\s+(?P<target>\S+)", re.MULTILINE)
FENCED = re.compile(r"^(?P<indent> *)(?P<fence>`{3,}|~{3,}).*?^ *(?P=fence)`* *$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
HEADING = re.compile(r"^#{1,6} +(?P<title>.+?)(?: +#+)? *$", re.MULTILINE)
ELSEWHERE = re.compile(r"[a-z][a-z+.-]*:")


def slug(title: str) -> str:
    """The anchor that GitHub gives a heading, before those of the same words are numbered."""
    title = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", title).replace("`", "")
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


@cache
def anchors(path: Path) -> frozenset[str]:
    """The anchors of a page's headings."""
    counts: dict[str, int] = {}
    found: set[str] = set()
    text = FENCED.sub("", path.read_text(encoding="utf-8"))
    for heading in HEADING.finditer(text):
        anchor = slug(heading["title"])
        number = counts[anchor] = counts.get(anchor, -1) + 1
        found.add(f"{anchor}-{number}" if number else anchor)
    return frozenset(found)


def targets(text: str) -> Iterator[str]:
    """What the links of a text lead to, without those in code."""
    text = CODE.sub(lambda code: "" if "](" in code[2] else code[0], FENCED.sub("", text))
    for pattern in (LINK, NAMED):
        for link in pattern.finditer(text):
            yield link["target"].strip("<>")


def broken(path: Path, target: str) -> str:
    """What is wrong with a link of a page, or nothing."""
    place, _, anchor = unquote(target).partition("#")
    found = (path.parent / place).resolve() if place else path
    if not found.is_relative_to(ROOT):
        return "leads out of the repository"
    if not found.exists():
        return "leads nowhere"
    if anchor and (found.suffix != ".md" or anchor not in anchors(found)):
        return "has no such heading"
    return ""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    links = [target for target in targets(path.read_text(encoding="utf-8")) if not ELSEWHERE.match(target)]
    wrong = {target: broken(path, target) for target in links}
    assert {target: what for target, what in wrong.items() if what} == {}


def test_there_are_links_and_anchors() -> None:
    found = [target for path in PAGES for target in targets(path.read_text(encoding="utf-8"))]
    assert len(found) > 500
    assert sum("#" in target for target in found) > 150


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    page = ROOT / "docs" / "jit.md"
    assert broken(page, "no-such-page.md") == "leads nowhere"
    assert broken(page, "gradients.md#no-such-heading") == "has no such heading"
    assert broken(page, "../../elsewhere.md") == "leads out of the repository"
    assert broken(page, "gradients.md#is-it-right") == broken(page, "#memory") == broken(page, "../examples") == ""
    assert list(targets("[a](b.md) `[c](d.md)`\n```text\n[e](f.md)\n```\n[`g`](h.md#i)")) == ["b.md", "h.md#i"]


def test_anchors_are_those_of_github() -> None:
    assert slug("`enzyme.autodiff_region`") == "enzymeautodiff_region"
    assert slug("Is it right?") == "is-it-right"
    assert slug("Reverse mode: `a`, [b](c.md)") == "reverse-mode-a-b"
