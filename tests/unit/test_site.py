"""The documentation as a site: it builds without a warning, has every page, fetches nothing, and no link is broken."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.browser import SCREENS, complaints, missing

ROOT = Path(__file__).parents[2]
TOOLS = ("material", "mkdocs", "mkdocstrings_handlers", "mlir_pygments", "pymdownx")
MISSING = [name for name in TOOLS if find_spec(name) is None]
FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "link": "href"}
SNAPSHOTS = sorted((ROOT / "generated" / "snapshots").glob("*/*.mlir"))

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"the extra `docs` is not installed: {', '.join(MISSING)}")


class Page(HTMLParser):
    """What a page fetches, where its links lead, and which anchors it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.anchors.update(anchor for anchor in (given.get("id"), given.get("name")) if anchor)
        if target := given.get(FETCHED.get(tag, "")):
            self.fetched.append(target)
        if tag == "a" and (target := given.get("href")):
            self.links.append(target)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` builds it."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return folder


@cache
def pages(folder: Path) -> dict[Path, Page]:
    """Every page of the site."""
    return {path: Page(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))}


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    found = {(path.name, target) for path, page in pages(site).items() for target in page.fetched}
    assert len(found) > 100
    assert [pair for pair in found if re.match(r"[a-z]+:|//", pair[1]) and not pair[1].startswith("data:")] == []
    for path in site.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"url\(\s*[\"']?(?:https?:)?//|@import\s+[\"'](?:https?:)?//", text), path.name


def broken(folder: Path) -> Iterator[tuple[str, str]]:
    """Links to pages, files or anchors that are not there."""
    everything = pages(folder)
    for path, page in everything.items():
        if path.name == "404.html":  # its links are those of a site at the root of a host
            continue
        for link in page.links:
            if re.match(r"[a-z]+:", link):
                continue
            place, _, anchor = unquote(link).partition("#")
            found = (path.parent / place).resolve() if place else path
            found = found / "index.html" if found.is_dir() else found
            if not found.is_file() or (anchor and found in everything and anchor not in everything[found].anchors):
                yield path.relative_to(folder).as_posix(), link


def test_every_link_leads_to_a_page_and_an_anchor(site: Path) -> None:
    assert sum(len(page.links) for page in pages(site).values()) > 10_000
    assert list(broken(site.resolve())) == []


def test_every_operation_is_on_a_page_and_in_the_search(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]
    titles = {re.sub("<[^>]*>", "", entry["title"]): entry["location"] for entry in index}
    for snapshot in SNAPSHOTS:
        dialect, name = snapshot.parent.name, f"{snapshot.parent.name}.{snapshot.stem}"
        assert titles[name].startswith(f"reference/{dialect}.html#"), name
    assert len(SNAPSHOTS) == 200


@pytest.mark.parametrize("place", ["index", "enzymexla"])
def test_every_operation_is_in_the_navigation_of_the_reference(site: Path, place: str) -> None:
    text = (site / "reference" / f"{place}.html").read_text(encoding="utf-8")
    primary = text.partition("md-sidebar--primary")[2].partition("md-sidebar--secondary")[0]
    links = re.findall(r'<a href="([^"]*)" class="md-nav__link">\s*<span class="md-ellipsis">\s*(\S+)', primary)
    named = {(Path(target.partition("#")[0] or f"{place}.html").stem, name) for target, name in links}
    assert {(snapshot.parent.name, snapshot.stem) for snapshot in SNAPSHOTS} <= named


def test_activities_are_drawn_from_the_contract(site: Path) -> None:
    labels = re.findall(r'<svg role="img" aria-label="([^"]*)"', (site / "activities.html").read_text(encoding="utf-8"))
    assert len(labels) == 6 + 4
    assert labels[1] == (
        "enzyme_dup: for an argument you pass primal and shadow and get nothing; "
        "for a result you pass nothing and get primal."
    )
    assert labels[6] == (
        "enzyme_dup: for an argument you pass primal and tangent and get nothing; "
        "for a result you pass nothing and get primal and tangent."
    )


def test_fences_became_code_and_pipes_are_plain(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = re.sub(r"<code\b.*?</code>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert "```" not in text, path
        cells = re.findall(r"<td>.*?</td>", path.read_text(encoding="utf-8"))
        assert [cell for cell in cells if "\\|" in cell] == [], path


def test_versions_lie_beside_each_other(tmp_path: Path) -> None:
    for name in ("0.9.0", "0.10.0", "0.10.0rc1", "other"):
        (tmp_path / name).mkdir()
        if name != "other":
            (tmp_path / name / "index.html").touch()
    command = [sys.executable, "tools/site_versions.py", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "versions of the site: 0.10.0, 0.10.0rc1, 0.9.0\n"
    assert json.loads((tmp_path / "versions.json").read_text(encoding="utf-8")) == [
        {"version": "0.10.0", "title": "0.10.0", "aliases": ["latest"]},
        {"version": "0.10.0rc1", "title": "0.10.0rc1", "aliases": []},
        {"version": "0.9.0", "title": "0.9.0", "aliases": []},
    ]
    assert 'url=0.10.0/index.html"' in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_a_folder_without_versions_is_an_error(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "tools/site_versions.py"), "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == ". has no version of the site; mkdocs builds one into a folder there\n"


@pytest.mark.skipif(bool(missing()), reason=missing() or "everything is here")
def test_pages_are_for_everybody(site: Path) -> None:
    light, _, _, dark_phone = SCREENS
    sample = ["activities.html", "rules/operand-added.html"]
    assert list(complaints(site, sample, [light, dark_phone])) == []


def test_every_guide_and_rule_is_a_page(site: Path) -> None:
    for path in (ROOT / "docs").rglob("*.md"):
        assert (site / path.relative_to(ROOT / "docs")).with_suffix(".html").is_file(), path
    for path in (ROOT / "generated" / "docs").glob("*.md"):
        assert (site / "reference" / path.name).with_suffix(".html").is_file(), path


@pytest.mark.parametrize(
    ("page", "anchor"),
    [
        ("api/enzyme_mlir", "enzyme_mlir.grad"),
        ("api/lowering", "enzyme_mlir.lowering.run"),
        ("api/jit", "enzyme_mlir.jit.compile"),
        ("api/testing", "enzyme_mlir.testing.check_gradient"),
        ("command-line", "opspec-generate"),
        ("tutorial", "training"),
    ],
)
def test_a_page_has_what_it_is_for(site: Path, page: str, anchor: str) -> None:
    assert anchor in pages(site)[site / f"{page}.html"].anchors


def test_code_is_highlighted(site: Path) -> None:
    assert 'class="language-python' in (site / "tutorial.html").read_text(encoding="utf-8")
    probe = (site / "probe" / "0.0.16.html").read_text(encoding="utf-8")
    block = re.search(r'<div class="language-mlir highlight">.*?</div>', probe, re.DOTALL)
    assert block is not None
    assert len(set(re.findall(r'<span class="(\w+)">', block[0]))) > 2


def test_a_notebook_is_a_page() -> None:
    from tools.site_pages import notebook_page

    cells = [
        {"cell_type": "markdown", "source": ["# Title\n", "\n", "Words."]},
        {
            "cell_type": "code",
            "source": ["print(1)\n", "2"],
            "outputs": [{"text": ["1\n"]}, {"data": {"text/plain": ["2"]}}],
        },
    ]
    assert notebook_page(json.dumps({"cells": cells})) == (
        "# Title\n\nWords.\n\n````python\nprint(1)\n2\n````\n\n```text\n1\n```\n\n```text\n2\n```\n"
    )
