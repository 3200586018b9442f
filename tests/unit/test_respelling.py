"""Respelling of modules: definitions in any form, and nothing but definitions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enzyme_mlir._runtime.respelling import respell
from enzyme_mlir.releases import RELEASES

OLD, NEW = "0.0.14", "0.0.16"


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("#enzyme.activity<enzyme_dup>", "#enzyme<activity enzyme_dup>", "#enzyme.activity<enzyme_dup>"),
        ("#enzyme<activity<enzyme_dup>>", "#enzyme<activity enzyme_dup>", "#enzyme.activity<enzyme_dup>"),
        ("#enzyme<activity enzyme_dup>", "#enzyme<activity enzyme_dup>", "#enzyme.activity<enzyme_dup>"),
        ("#enzyme<activity   enzyme_dup >", "#enzyme<activity enzyme_dup>", "#enzyme.activity<enzyme_dup>"),
        ("[#enzyme.activity< a >,#b]", "[#enzyme<activity a>,#b]", "[#enzyme.activity<a>,#b]"),
        ("!t.t<#enzyme<activity a>>", "!t.t<#enzyme<activity a>>", "!t.t<#enzyme.activity<a>>"),
        ("!t<u #enzyme<activity a>>", "!t<u #enzyme<activity a>>", "!t<u #enzyme.activity<a>>"),
        (
            "#impulse.support_kind<REAL>, #enzyme<activity a>",
            "#impulse<support_kind REAL>, #enzyme<activity a>",
            "#impulse.support_kind<REAL>, #enzyme.activity<a>",
        ),
    ],
)
def test_definitions_are_respelled(text: str, old: str, new: str) -> None:
    assert respell(text, OLD) == old
    assert respell(text, NEW) == new


@pytest.mark.parametrize(
    "text",
    [
        '"#enzyme<activity enzyme_dup>"',
        r'"a \" #enzyme<activity enzyme_dup>"',
        "// #enzyme<activity enzyme_dup>",
        '// a " in a comment\n"#enzyme<activity a>"',
        "#enzyme.activity_of<a>",
        "#enzymexla.activity<a>",
        "#enzyme<activities a>",
        "!enzyme.activity<a>",
        "#enzyme.pseudoclass<@f(0, 1)>",
        "!enzyme.Cache<!enzyme.Gradient<f64>>",
        "#map = affine_map<(d0) -> (d0)>",
        "@enzyme.activity<a>",
        '"unterminated #enzyme<activity a>',
        "",
    ],
)
@pytest.mark.parametrize("release", [OLD, NEW])
def test_everything_else_stays(text: str, release: str) -> None:
    if text.startswith('"unterminated'):
        assert respell(text, release)  # no MLIR; it only must not fail
    else:
        assert respell(text, release) == text


_PIECES = st.sampled_from(
    [
        *("#enzyme.activity<a>", "#enzyme<activity b>", "#enzyme<activity<c>>", '"#enzyme<activity d>"', "// e\n"),
        *("!enzyme.Cache<f64>", " ", ", ", "->", "[", "]", "(", ")", "{", "}", "#m", "!m", "@s", "%0", '"\\""', "1.0"),
    ]
)


@given(st.lists(_PIECES, max_size=20).map("".join), st.sampled_from(RELEASES), st.sampled_from(RELEASES))
def test_the_way_does_not_matter(text: str, first: str, last: str) -> None:
    assert respell(respell(text, first), last) == respell(text, last)


@given(st.text(alphabet='#!<>()[]{}"/\\ \nae.nzymctiv-', max_size=60), st.sampled_from(RELEASES))
def test_no_text_fails(text: str, release: str) -> None:
    respell(text, release)
