"""Names of functions inside attributes: whatever a symbol may be called, it comes back as it went in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from enzyme_mlir import ir, new_context
from enzyme_mlir.dialects import enzyme
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


def test_what_a_name_means_is_asked_anew_in_each_module() -> None:
    """Of the same call, once about a function and once about something else of that name and type."""
    other = '"t.function"() ({}) {function_type = (f64) -> f64, sym_name = "g"} : () -> ()'
    arguments: dict[str, Any] = {"activity": ["active"], "ret_activity": ["active"]}
    with new_context(), ir.Location.unknown():
        arguments["results"] = [ir.F64Type.get()]
        for definition, is_function in (("func.func private @g(f64) -> f64", True), (other, False)) * 2:
            module = ir.Module.parse(f"{definition}\nfunc.func @f(%x: f64) {{ return }}")
            block = list(module.body.operations)[-1].regions[0].blocks[0]
            with ir.InsertionPoint(block.operations[0]):
                if is_function:
                    enzyme.jacobian("g", list(block.arguments), **arguments)
                    continue
                with pytest.raises(ValueError) as caught:
                    enzyme.jacobian("g", list(block.arguments), **arguments)
            assert str(caught.value) == (
                "enzyme.jacobian: symbol(fn) is t.function, accepted is symbol(fn) is func.func"
            )
