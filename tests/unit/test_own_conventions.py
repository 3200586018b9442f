"""The conventions of a project, as `bindings.yaml` describes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics
from opspec.naming.conventions import MNEMONIC, Convention, Source, Style, convention_named
from opspec.naming.words import Case
from opspec.spec.bindings import load_bindings

FULL = """
  house:
    like: rust
    functions: {from: definition, case: camel, split: true, digits: false, strip_prefixes: [b_, c_],
      strip_suffixes: [_x], prefix: build_, suffix: _now}
    classes: {case: pascal, digits: true}
    parameters: {strip_suffixes: []}
    enum_cases: {case: flat, strip_shared_prefix: false}
    escape: "my_{}"
    words: [zap]
    splits: {zapdiff: zap_diff}
"""
HOUSE = Convention(
    "house",
    source=Source.DEFINITION,
    functions=Style(
        Case.CAMEL,
        split=True,
        digits=False,
        strip_prefixes=("b_", "c_"),
        strip_suffixes=("_x",),
        prefix="build_",
        suffix="_now",
    ),
    classes=Style(Case.PASCAL, digits=True, strip_suffixes=("Op",), suffix="Operation"),
    parameters=Style(digits=True),
    enum_cases=Style(Case.FLAT),
    words=("zap",),
    splits=(("zapdiff", "zap_diff"),),
    escape="my_{}",
    shared_prefix=False,
)


def read(folder: Path, conventions: str) -> tuple[tuple[Convention, ...], list[str]]:
    """The conventions of a project, and what is wrong with them."""
    (folder / "bindings.yaml").write_text(
        f"schema: opspec/bindings/1\npackage: p\noutput: out\ndialects: []\nconventions:{conventions}", encoding="utf-8"
    )
    diagnostics = Diagnostics()
    bindings = load_bindings(folder / "bindings.yaml", diagnostics)
    assert bindings is not None
    return bindings.conventions, [found.message for found in diagnostics.found]


def test_all_that_can_be_said(tmp_path: Path) -> None:
    assert read(tmp_path, FULL) == ((HOUSE,), [])


@pytest.mark.parametrize("like", ["mnemonic", "snake", "definition", "rust"])
def test_what_is_not_said_is_as_in_the_one_that_it_is_like(like: str, tmp_path: Path) -> None:
    base = convention_named(like)
    assert base is not None
    ((found,), wrong) = read(tmp_path, f"\n  mine: {{like: {like}}}\n")
    assert wrong == []
    assert (found.name, found.functions, found.classes) == ("mine", base.functions, base.classes)
    assert (found.parameters, found.enum_cases, found.source) == (base.parameters, base.enum_cases, base.source)
    assert (found.escape, found.shared_prefix, found.words, found.splits) == ("{}_", True, (), ())


def test_without_a_word_it_is_like_the_first_one_and_may_be_like_one_before(tmp_path: Path) -> None:
    (first, second), wrong = read(tmp_path, "\n  a: {escape: 'x_{}', words: [one]}\n  b: {like: a, words: [two]}\n")
    assert wrong == []
    assert (first.functions, first.source) == (MNEMONIC.functions, MNEMONIC.source)
    assert (second.escape, second.words) == ("x_{}", ("one", "two"))


@pytest.mark.parametrize(
    ("conventions", "message"),
    [
        ("\n  rust: {}\n", "the convention 'rust' exists already"),
        ("\n  mine: {like: rusty}\n", "there is no convention 'rusty' that 'mine' could be like"),
        ("\n  mine: {like: upstream}\n", "there is no convention 'upstream' that 'mine' could be like"),
        ("\n  a: {like: b}\n  b: {}\n", "there is no convention 'b' that 'a' could be like"),
    ],
)
def test_what_cannot_be(conventions: str, message: str, tmp_path: Path) -> None:
    found, wrong = read(tmp_path, conventions)
    assert wrong == [message]
    assert [convention.name for convention in found] == (["b"] if "b: {}" in conventions else [])
