"""Findings in every format: machines can read them, and hostile text stays text."""

from __future__ import annotations

import html.parser
import json

import pytest

from opspec.diagnostics import Diagnostic, Location
from opspec.emitters.output import Drift
from opspec.reports import FORMATS, diagnostic_findings, drift_findings, report

PLAIN = Diagnostic("unknown-key", "unknown key 'a' in x", Location("d.yaml", 3, 5), "did you mean 'b'?")
HOSTILE = Diagnostic(
    "notation",
    "bad <script>alert(1)</script> & 100%\r\nsecond line ```",
    Location("a,b:c%\n.yaml", 1, 1),
    "a hint\nof two lines",
)


class _Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def written(style: str, *diagnostics: Diagnostic) -> str:
    return report("a title", diagnostic_findings(diagnostics), style)


@pytest.mark.parametrize("style", FORMATS)
def test_every_format_tells_place_message_and_hint(style: str) -> None:
    text = written(style, PLAIN).replace("&#x27;", "'")
    for part in ("d.yaml", "unknown key 'a' in x", "did you mean 'b'?", "unknown-key"):
        assert part in text


@pytest.mark.parametrize("style", FORMATS)
def test_every_format_says_something_when_there_is_nothing(style: str) -> None:
    assert "a title" in written(style)


def test_text_is_the_diagnostics_and_the_title() -> None:
    expected = "d.yaml:3:5: error: unknown key 'a' in x [unknown-key]\n  hint: did you mean 'b'?\n\na title"
    assert written("text", PLAIN) == expected


def test_json_can_be_read() -> None:
    found = json.loads(written("json", PLAIN, HOSTILE))
    assert found["summary"] == "a title"
    assert found["findings"][0] == {
        "level": "error",
        "code": "unknown-key",
        "message": PLAIN.message,
        "path": "d.yaml",
        "line": 3,
        "column": 5,
        "hint": PLAIN.hint,
    }
    assert found["findings"][1]["message"] == HOSTILE.message


def test_github_annotations_are_one_line_each() -> None:
    lines = written("github", PLAIN, HOSTILE).split("\n")
    assert lines[0] == ("::error file=d.yaml,line=3,col=5,title=unknown-key::unknown key 'a' in x; did you mean 'b'?")
    assert len(lines) == 2
    assert "100%25%0D%0Asecond line" in lines[1]
    assert lines[1].startswith("::error file=a%2Cb%3Ac%25%0A.yaml,line=1,col=1,title=notation::")


def test_html_holds_no_tag_of_the_text() -> None:
    parser = _Tags()
    parser.feed(written("html", PLAIN, HOSTILE))
    assert "script" not in parser.found
    assert parser.found.count("li") == 2
    assert "<script>alert(1)</script>" in parser.text


def test_markdown_keeps_hostile_text_in_its_fence() -> None:
    text = written("markdown", HOSTILE)
    body = text[text.index("````text") :]
    assert body.rstrip().endswith("````")
    assert body.count("````") == 2


@pytest.mark.parametrize("ticks", ["```", "````", "``````"])
def test_markdown_fences_are_longer_than_any_in_the_text(ticks: str) -> None:
    found = Diagnostic("notation", f"text {ticks} text", Location("d.yaml", 1, 1))
    lines = [line.strip() for line in written("markdown", found).splitlines()]
    (opening,) = [line for line in lines if line.endswith("text") and set(line.removesuffix("text")) == {"`"}]
    assert len(opening.removesuffix("text")) > len(ticks)


@pytest.mark.parametrize("kind", ["changed", "missing", "stale"])
def test_drifts_are_findings(kind: str) -> None:
    (found,) = drift_findings([Drift("docs/a.md", kind, "-old\n+new\n")], "generated")
    assert (found.code, found.location, found.hint) == (
        f"drift-{kind}",
        Location("generated/docs/a.md"),
        "run `opspec generate`",
    )
    assert found.detail == f"{kind}: generated/docs/a.md\n-old\n+new"
