"""What a spec says never becomes markup of its own: in the reference, in reports, in annotations, in a terminal."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import markdown as rendering
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opspec.annotations import message, parameter
from opspec.diagnostics import Diagnostics, visible
from opspec.emitters.markdown import cell, code, fenced, markdown, words
from opspec.pipeline import generate, load_project
from opspec.pyview.text import py_docstring
from opspec.spec.bindings import Bindings
from tests.command import opspec

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "</td></tr></table><script>alert(1)</script>",
    "<!-- --><script>alert(1)</script>",
    "--> <script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVa&#115;cript:alert(1))",
    "[x]( <javascript:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[a]: javascript:alert(1)",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "`<b>`` <script>alert(1)</script>",
    "``` <script>alert(1)</script>",
    "| a | <script>alert(1)</script> |",
    "\\<script>alert(1)</script>",
    "\\\\<script>alert(1)</script>",
    "&lt;script&gt;",
    "a {: onclick=alert(1) }",
    "# head <script>alert(1)</script>",
    "~~~\n</code></pre><script>alert(1)</script>",
    "x\n```\n<script>alert(1)</script>",
    "x\n\n    ```\n<script>alert(1)</script>",
    "> <script>alert(1)</script>",
    "`a\n\n<script>alert(1)</script>`",
)
TAGS = set(
    "p em strong code pre table thead tbody tr th td h1 h2 h3 h4 h5 h6 a ul ol li blockquote hr br img del".split()
)


class _Parser(HTMLParser):
    """Notes what a browser would obey."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.wrong.append(tag)
        for name, value in attrs:
            scheme = re.match(r"[\s\x00-\x20]*([a-z][a-z0-9+.-]*):", value or "", re.IGNORECASE)
            is_link = name in ("href", "src") and scheme is not None
            if name.startswith("on") or (
                is_link and scheme is not None and scheme[1].lower() not in ("http", "https", "mailto")
            ):
                self.wrong.append(f"{tag} {name}={value}")


def live(text: str) -> list[str]:
    """What of a Markdown text is live in HTML."""
    parser = _Parser()
    parser.feed(rendering.markdown(text, extensions=["tables", "fenced_code", "toc"]))
    return parser.wrong


@pytest.mark.parametrize("text", HOSTILE)
def test_words_cells_code_and_descriptions_are_inert(text: str) -> None:
    assert live(words(text)) == []
    assert live(f"| a |\n| --- |\n| {cell(text)} |\n") == []
    assert live(f"| a |\n| --- |\n| {code(text)} |\n") == []
    assert live(fenced(text)) == []
    assert live(f"{markdown(text)}\n\nbehind\n\n{words(text)}") == []


@given(st.text(alphabet="<>/[]()`*_\\|&#;:!{}~-= \nascript.x\"'", max_size=40))
def test_whatever_is_written_is_inert(text: str) -> None:
    assert live(words(text)) == []
    assert live(f"| a |\n| --- |\n| {cell(text)} | {code(text)} |\n") == []
    assert live(fenced(text)) == []
    assert live(markdown(text)) == []


def test_plain_words_and_markdown_stay_as_they_are() -> None:
    plain = "The `a | b` of i > 0, an f_32: see mlir-tblgen's 0.0.16 (or `x`)."
    assert words(plain) == plain
    text = "A *word* and `<code>`, [a page](https://example.org), <https://example.org>.\n\n```mlir\n<b>\n```\n- item"
    assert markdown(text) == text


def test_a_fence_that_stays_open_is_closed() -> None:
    assert markdown("a\n````\nb\n```") == "a\n````\nb\n```\n````"


@pytest.mark.parametrize(
    "character", ["\u202e", "\u2066", "\u200b", "\ufeff", "\u00ad", "\u3164", "\U000e0041", "\x1b", "\x07", "\u2028"]
)
def test_what_does_not_show_is_an_escape_of_a_known_length(character: str) -> None:
    number = ord(character)
    shown = f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
    assert visible(f"a{character}2e") == f"a{shown}2e"
    for text in (
        words(f"a{character}b"),
        code(f"a{character}b"),
        fenced(f"a{character}b"),
        markdown(f"a{character}b"),
        message(f"a{character}b"),
        py_docstring([f"a{character}b"], 0),
    ):
        assert character not in text.replace("\n", "")


def test_annotations_hold_no_second_command() -> None:
    assert message("a\n::error::b\r\n::c") == "a%0A::error::b%0D%0A::c"
    assert parameter("a,b::c%\n") == "a%2Cb%3A%3Ac%25%0A"


FACTS = """\
schema: opspec/dialect/1
dialect: toy
provenance: {{@: @}}
enums:
  E: {{storage: i32, separator: @, bits: true, cases: {{a: {{value: 1, text: @}}}}}}
operations:
  run:
    class: RunOp
    interfaces: [@]
    arguments: {{a: any, s: 'attr string = "x"'}}
    format: @
"""
OVERLAY = """\
schema: opspec/overlay/1
dialect: toy
summary: @
description: @
groups: {{@: [run]}}
enums: {{E: {{summary: @, description: @, cases: {{a: @}}}}}}
operations:
  run: {{summary: @, description: @, arguments: {{a: @}}, sample: {{setup: SETUP}}}}
"""


def _quoted(text: str) -> str:
    escaped = "".join(c if " " <= c <= "~" and c not in '"\\' else f"\\U{ord(c):08x}" for c in text)
    return f'"{escaped}"'


@pytest.mark.parametrize("text", [*HOSTILE, "\u202e<script>", '"""', "\\"])
def test_the_reference_of_a_hostile_spec_is_inert(text: str, tmp_path: Path) -> None:
    for name, template in (("dialect", FACTS), ("overlay", OVERLAY)):
        shown = template.format().replace("@", _quoted(text)).replace("SETUP", _quoted(text.replace("\u202e", "")))
        (tmp_path / f"{name}.yaml").write_text(shown, encoding="utf-8")
    spec = tmp_path / "dialect.yaml"
    bindings = Bindings("toy_bindings", "mnemonic", tmp_path / "out", (spec,))
    files = generate(load_project(bindings, Diagnostics()))
    for file in files:
        assert "\u202e" not in file.text
        if file.path.endswith(".md"):
            assert live(file.text) == []
        if file.path.endswith(".py"):
            compile(file.text, file.path, "exec")


@pytest.mark.parametrize("text", [*HOSTILE, "x\n::error::y", "\u202ex"])
def test_a_comparison_of_hostile_specs_is_inert(text: str, tmp_path: Path) -> None:
    for folder, shown in (("old", "plain"), ("new", text)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "dialect.yaml").write_text(FACTS.format().replace("@", _quoted(shown)), encoding="utf-8")
    for style in ("text", "markdown", "github", "json", "html"):
        done = opspec("diff", "old", "new", "--format", style, cwd=tmp_path)
        assert done.returncode in (0, 100), done.stderr
        assert "\u202e" not in done.stdout
        if style == "markdown":
            assert live(done.stdout) == []
        elif style == "json":
            assert any(
                text in (side or {}).get("facts", "")
                for c in json.loads(done.stdout)["changes"]
                for side in (c["old"], c["new"])
            )
        elif style == "html":
            assert "<script>alert" not in done.stdout and "<img" not in done.stdout
        elif style == "text":
            assert not any(line.lstrip().startswith("::") for line in done.stdout.splitlines())
        else:
            assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in done.stdout.splitlines())


def test_code_within_a_line_opens_no_fence() -> None:
    assert markdown("```x`` <b>\n<i>").splitlines()[1] == "&lt;i>"
    assert markdown("~~~ `x`\n<i>") == "~~~ `x`\n<i>\n~~~"
