"""Names of functions inside attributes: whatever a symbol may be called, it comes back as it went in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from enzyme_mlir import ir, new_context
from enzyme_mlir.dialects.enzyme import ArgumentOriginAttr, PseudoAliasClassAttr

ODD = [
    "with space",
    'with "quotes"',
    "f(0)",
    "a, b",
    "a>b",
    "<",
    "a@b",
    "1st",
    ".dotted",
    "$dollar",
    "back\\slash",
    "line\nbreak",
    "tab\tbed",
    "größe",
    "日本",
    "🦀",
    "\x01",
]


@pytest.fixture(autouse=True)
def context() -> Iterator[ir.Context]:
    with new_context() as entered:
        yield entered


@pytest.mark.parametrize("name", ["f", "_f", "f_1", "module.f", "a$b", "@f"])
def test_plain_names_are_written_bare(name: str) -> None:
    bare = name.removeprefix("@")
    made = ArgumentOriginAttr.get(name, 0)
    assert str(made) == f"#enzyme.argorigin<@{bare}(0)>"
    assert made.function == bare


def test_a_reference_is_taken_for_its_name() -> None:
    assert ArgumentOriginAttr.get(ir.FlatSymbolRefAttr.get("f"), 0) == ArgumentOriginAttr.get("f", 0)


@pytest.mark.parametrize("name", ODD, ids=ascii)
def test_odd_names_come_back(name: str) -> None:
    made = PseudoAliasClassAttr.get(name, 4, 2)
    assert (made.function, made.arg_number, made.depth) == (name, 4, 2)


@pytest.mark.parametrize("name", ODD, ids=ascii)
def test_odd_names_come_back_from_printed_text(name: str) -> None:
    again = PseudoAliasClassAttr.parse(str(PseudoAliasClassAttr.get(name, 4, 2)))
    assert (again.function, again.arg_number, again.depth) == (name, 4, 2)


@pytest.mark.parametrize("name", ODD, ids=ascii)
def test_names_are_read_as_mlir_writes_them(name: str) -> None:
    written = str(ir.FlatSymbolRefAttr.get(name))
    assert ArgumentOriginAttr.parse(f"#enzyme.argorigin<{written}(0)>").function == name


@pytest.mark.parametrize("name", ["", "@"])
def test_an_empty_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError) as caught:
        ArgumentOriginAttr.get(name, 0)
    assert str(caught.value) == (f"ArgumentOriginAttr: function is {name!r} (str), accepted is the name of a symbol")
