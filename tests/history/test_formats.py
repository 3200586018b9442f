"""The formats of a history: whole for people, right for programs, and inert whatever specs say."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from opspec.diff.changes import Level
from opspec.history import FORMATS, render
from opspec.history.facts import Chapter, Detail, Event, Has, History, Kind, Story, Verb
from opspec.history.story import tell
from opspec.history.versions import read_lines
from tests.diff.loading import HISTORY
from tests.history.specs import COPY, spec, story_of

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("2023-11-22", "2024-06-30", "2024-12-27", "2025-04-22", "ae27aa0e", "4cdb2246")
HOSTILE = "</title><script>alert(1)</script><!--]]>&\"'\x1b[31m\n# \u202e|`x`"
TEXT = """\
toy: 3 versions, from 1 with 2 operations to 3 with 2 operations, 1 enum

1: 2 operations

2: 2 operations
  1 renamed, 1 changed; 2 break calls
  ~ duplicate renamed from copy, breaks calls and IR
  ~ run
      width: attribute added, breaks calls and IR

3: 2 operations, 1 enum
  2 added, 1 removed; 1 breaks calls
  + walk
  - run, breaks calls and IR
  + enum Speed
"""
MARKDOWN = """\
## toy

3 versions, from 1 with 2 operations to 3 with 2 operations, 1 enum.

| Version | Operations | Added | Changed | Removed | Break calls |
| --- | --: | --: | --: | --: | --: |
| `1` | 2 | 0 | 0 | 0 | 0 |
| `2` | 2 | 0 | 2 | 0 | 2 |
| `3` | 2 | 1 | 0 | 1 | 1 |

### 2

- `duplicate` renamed from copy, **breaks calls and IR**
- `run` changed
    - width: attribute added, **breaks calls and IR**

### 3

- `walk` added
- `run` removed, **breaks calls and IR**
- enum `Speed` added
"""


@pytest.fixture
def toy(tmp_path: Path) -> History:
    copied = COPY.replace("copy:", "duplicate:")
    run = "run: {class: RunOp, arguments: {width: attr i64}}"
    walk = "walk: {class: WalkOp, arguments: {a: i32, b: i32, c: i32, d: i32}, regions: {body: any}}"
    enum = "enums:\n  Speed: {storage: i32, cases: {slow: 0}}\n"
    versions = (
        spec("toy", COPY, "run: {class: RunOp}"),
        spec("toy", copied, run),
        spec("toy", copied, walk, more=enum),
    )
    return story_of(tmp_path / "versions", *versions)


@pytest.fixture
def enzyme() -> History:
    return tell(read_lines([str(HISTORY / f"{name}.yaml") for name in NAMES]))


@pytest.fixture
def hostile() -> History:
    detail = Detail("operation-added", HOSTILE, HOSTILE, HOSTILE, Level.BREAKING, Level.DANGEROUS)
    events = tuple(Event(Kind.OPERATION, verb, HOSTILE, HOSTILE, (detail,)) for verb in Verb)
    has = (Has(Kind.OPERATION, (HOSTILE,)),)
    chapters = (Chapter(HOSTILE, HOSTILE, HOSTILE, has), Chapter("2", "", "", has, events))
    quiet = Story(HOSTILE, (Chapter(HOSTILE, "", HOSTILE, has),))
    return History((Story(HOSTILE, chapters), quiet), (HOSTILE,))


def test_text(toy: History) -> None:
    assert render(toy, "text") + "\n" == TEXT


def test_markdown(toy: History) -> None:
    assert render(toy, "markdown") + "\n" == MARKDOWN


def test_json_says_everything(toy: History) -> None:
    said = json.loads(render(toy, "json"))
    (story,) = said["stories"]
    assert (story["dialect"], said["notes"]) == ("toy", [])
    assert [version["version"] for version in story["versions"]] == ["1", "2", "3"]
    assert story["versions"][0] == {
        "version": "1",
        "day": "",
        "origin": "",
        "has": {"operations": ["copy", "run"], "enums": [], "attributes": [], "types": []},
        "events": [],
    }
    assert story["versions"][1]["events"][1] == {
        "kind": "operation",
        "verb": "changed",
        "name": "run",
        "other": "",
        "level": "breaking",
        "breaks_calls": True,
        "changes": [
            {
                "rule": "attribute-added",
                "words": "width: attribute added",
                "old": "",
                "new": "attr i64",
                "levels": {"source": "breaking", "ir": "breaking"},
            }
        ],
    }


def rows(root: ElementTree.Element) -> dict[str, list[str]]:
    """The signs of each row of a timeline, by its name."""
    found = {}
    for group in root.iter(f"{SVG}g"):
        name = group.findtext(f"{SVG}text") or ""
        found[name] = [path.get("class", "").removeprefix("mark ") for path in group.iter(f"{SVG}path")]
    return found


def test_the_timeline_has_a_row_for_each_thing(toy: History) -> None:
    root = ElementTree.fromstring(render(toy, "svg"))
    assert rows(root) == {
        "duplicate": ["breaking"],
        "run": ["breaking", "removed"],
        "walk": ["added"],
        "Speed": ["added"],
    }


def test_the_timeline_says_what_it_is_and_what_each_sign_means(enzyme: History) -> None:
    root = ElementTree.fromstring(render(enzyme, "svg"))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "timeline-title timeline-about"
    assert root.findtext(f"{SVG}title") == "The history of enzyme"
    assert (root.findtext(f"{SVG}desc") or "").startswith("enzyme: 6 versions, from 2023-11-22 with 11 operations")
    titles = {title.text for path in root.iter(f"{SVG}path") for title in path.iter(f"{SVG}title")}
    assert "2024-06-30: clear removed, breaks calls and IR" in titles
    assert "2024-12-27: autodiff changed; width: optional attribute added" in titles


def test_everything_of_a_timeline_is_inside_of_it(enzyme: History) -> None:
    root = ElementTree.fromstring(render(enzyme, "svg"))
    width, height = (float(root.get(key, "")) for key in ("width", "height"))
    for text in root.iter(f"{SVG}text"):
        assert 0 < float(text.get("x", "")) < width
        assert 0 < float(text.get("y", "")) < height
    for bar in root.iter(f"{SVG}rect"):
        if bar.get("class") == "bar":
            assert float(bar.get("x", "")) + float(bar.get("width", "")) <= width


@pytest.mark.parametrize("style", ["svg", "html"])
def test_nothing_is_fetched_and_nothing_runs(style: str, enzyme: History) -> None:
    text = render(enzyme, style).replace("http://www.w3.org/2000/svg", "")
    assert re.search(r"<script|\bon\w+=|https?:|@import|url\(|<link|<img", text) is None
    assert "prefers-color-scheme: dark" in text


class Page(HTMLParser):
    """The tags of a page, which have to close in order, its anchors, and where its links lead."""

    EMPTY = ("meta", "rect", "path")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.anchors += [value for key, value in attrs if key == "id" and value]
        self.links += [value for key, value in attrs if key == "href" and value]
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole(enzyme: History) -> None:
    page = Page(render(enzyme, "html"))
    assert len({*page.anchors}) == len(page.anchors)
    assert {link.removeprefix("#") for link in page.links} <= {*page.anchors}
    assert page.tags.count("h3") == 6
    assert page.tags.count("svg") == 1


@pytest.mark.parametrize("style", FORMATS)
def test_hostile_names_are_inert(style: str, hostile: History) -> None:
    text = render(hostile, style)
    assert re.search("[^\n\\x20-\\x7e]", text) is None
    if style == "svg":
        root = ElementTree.fromstring(text)
        assert {element.tag.removeprefix(SVG) for element in root.iter()} == {
            *("svg", "title", "desc", "style", "rect", "text", "path", "g")
        }
    elif style == "html":
        assert not {"script"} & {*Page(text).tags}
    elif style == "json":
        assert json.loads(text)["stories"][0]["dialect"] == HOSTILE
    else:
        assert not any(line.startswith("# ") for line in text.splitlines())
    if style == "markdown":
        assert "<script" not in re.sub(r"(`+) ?.*?\1(?!`)", "", text)


def test_only_enums_are_counted_where_operations_are_not_told(toy: History) -> None:
    assert "| Version | Enums | Added | Changed | Removed | Break calls |" in render(toy.only([Kind.ENUM]), "markdown")
    assert "| Version | Things |" in render(toy.only([Kind.ENUM, Kind.TYPE]), "markdown")


@pytest.mark.parametrize("style", FORMATS)
def test_a_history_without_changes(style: str, tmp_path: Path) -> None:
    told = story_of(tmp_path / "versions", spec("toy", COPY), spec("toy", COPY))
    assert "no change in 2 versions, 1 to 2" in render(told, style) or style == "json"
