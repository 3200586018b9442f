"""What prompts and notebooks show: operations, modules, findings; and that nothing in them is taken for HTML."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from enzyme_mlir import Finding, Findings, Shown, ir, new_context, show, verify
from enzyme_mlir._runtime.highlighting import COLOURS, coloured
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.testing import sample

HOSTILE = "</pre><script>alert(1)</script>&\"'"
SPAN = re.compile(r'<span style="color:(#[0-9a-f]{6})">([^<]*)</span>')
KIND = {colour: kind for kind, colour in COLOURS.items()}


def words(text: str) -> list[tuple[str, str]]:
    """The coloured words of a text, with the kind of each."""
    return [(KIND[colour], html.unescape(word)) for colour, word in SPAN.findall(coloured(text))]


def plain(shown: str) -> str:
    """The text that somebody reads of a block of HTML."""
    return html.unescape(re.sub(r"<[^>]*>", "", shown))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '%0:2 = "t.p"(%arg0#1) {a = 1.5e-3 : f64, b = "t"} : (!t.x, memref<?x4xi1>) -> () // end',
            [
                *[("value", "%0"), ("number", "2"), ("operation", '"t.p"'), ("value", "%arg0#1")],
                *[("number", "1.5e-3"), ("type", "f64"), ("string", '"t"'), ("type", "!t.x"), ("type", "memref")],
                *[("number", "4"), ("type", "i1"), ("comment", "// end")],
            ],
        ),
        (
            "func.func @f(%x: tensor<2x3xbf16>) attributes {m = #map} { ^bb1: return }",
            [
                *[("operation", "func.func"), ("symbol", "@f"), ("value", "%x"), ("type", "tensor"), ("number", "2")],
                *[("number", "3"), ("type", "bf16"), ("type", "#map"), ("value", "^bb1")],
            ],
        ),
        ('@"a b" "\\"%x', [("symbol", '@"a b"'), ("value", "%x")]),
        ("of 2 types", [("number", "2")]),
    ],
    ids=["operation", "function", "odd names", "words"],
)
def test_words_have_the_colours_of_their_kinds(text: str, expected: list[tuple[str, str]]) -> None:
    assert words(text) == expected
    assert plain(coloured(text)) == text


def brightness(colour: str) -> float:
    """The relative luminance of a colour, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", COLOURS.values(), ids=list(COLOURS))
def test_colours_can_be_read_on_light_and_dark(colour: str) -> None:
    for background in ("#ffffff", "#111111", "#1e1e1e"):
        dark, light = sorted((brightness(colour), brightness(background)))
        assert (light + 0.05) / (dark + 0.05) > 3.7


def test_an_operation_shows_itself() -> None:
    with sample("f64") as (_, x):
        op = enzyme.IgnoreDerivativesOp(x)
        text = '%0 = "enzyme.ignore_derivatives"(%arg0) : (f64) -> f64'
        assert repr(op) == f"<IgnoreDerivativesOp {text}>"
        shown: Any = op
        assert shown._repr_html_() == (
            '<pre style="margin:0;white-space:pre;overflow-x:auto;background:none;color:inherit">'
            '<span style="color:#2f8a77">%0</span> = '
            '<span style="color:#3f7fd0">&quot;enzyme.ignore_derivatives&quot;</span>'
            '(<span style="color:#2f8a77">%arg0</span>) : (<span style="color:#a05fc4">f64</span>)'
            ' -&gt; <span style="color:#a05fc4">f64</span></pre>'
        )
        op.operation.erase()
        assert repr(op) == "<IgnoreDerivativesOp, erased>"
        assert plain(shown._repr_html_()) == "<IgnoreDerivativesOp, erased>"


def test_a_module_an_operation_and_a_text_are_shown() -> None:
    with sample("f64") as (module, x):
        op = enzyme.IgnoreDerivativesOp(x)
        for target in (module, op, op.operation):
            shown = show(target)
            assert repr(shown) == shown.text == str(target).rstrip("\n")
            assert plain(shown._repr_html_()) == shown.text
        before = show(module)
        op.operation.erase()
        assert repr(before) != repr(show(module))
    assert repr(show("module {\n}\n")) == "module {\n}"
    assert isinstance(before, Shown)


def test_what_cannot_be_shown_is_named() -> None:
    with pytest.raises(TypeError) as caught:
        show(3)  # type: ignore[arg-type]
    assert str(caught.value) == "show: target is 3 (int), accepted is a Module, an operation, or MLIR as a str"
    with sample("f64") as (_, x):
        op = enzyme.IgnoreDerivativesOp(x)
        op.operation.erase()
        with pytest.raises(ValueError) as gone:
            show(op)
    assert str(gone.value) == "show: target is of an erased operation, accepted is what exists"


FINDING = Finding("enzyme.push", "operands", "0 values", "2 (cache, value)", 'loc("f.py":1:2)', "give them")


def test_findings_show_themselves_one_below_the_other() -> None:
    line = 'loc("f.py":1:2): enzyme.push: operands is 0 values, accepted is 2 (cache, value); give them'
    assert str(FINDING) == line
    assert repr(FINDING) == f"<Finding {line}>"
    assert repr(Findings([FINDING, FINDING])) == f"2 findings:\n{line}\n{line}"
    assert repr(Findings()) == "no findings"
    assert plain(Findings()._repr_html_()) == "no findings"
    cell = 'style="text-align:left;vertical-align:top"'
    head = "".join(f"<th {cell}>{title}</th>" for title in ("operation", "part", "is", "accepted is", "location"))
    cells = (
        *(coloured("enzyme.push"), "operands", coloured("0 values"), coloured("2 (cache, value); give them")),
        coloured('loc("f.py":1:2)'),
    )
    row = "".join(f"<td {cell}>{text}</td>" for text in cells)
    table = f"<thead><tr>{head}</tr></thead><tbody><tr>{row}</tr></tbody></table>"
    expected = f"<table><caption {cell}>1 finding</caption>{table}"
    assert Findings([FINDING])._repr_html_() == FINDING._repr_html_() == expected


def test_findings_are_a_tuple() -> None:
    with new_context():
        found = verify(ir.Module.parse('"enzyme.push"() : () -> ()'))
        assert verify(ir.Module.parse("")) == ()
    assert isinstance(found, Findings)
    assert tuple(found) == found
    assert found[0].operation == "enzyme.push"


def test_hostile_texts_stay_texts() -> None:
    text = f'"t.p"() {{a = "{HOSTILE}", b = @"{HOSTILE}"}} // {HOSTILE}'
    finding = Finding(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    for shown in (show(text)._repr_html_(), finding._repr_html_()):
        assert "<script" not in shown
        assert shown.count("</pre>") <= 1
        assert HOSTILE in plain(shown)
