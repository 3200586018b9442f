"""Samples stand where their operation has to stand, and their blocks end as they have to."""

from __future__ import annotations

from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics
from opspec.model.dialect import Dialect
from opspec.naming.policy import policy_for
from opspec.pyview.build import build_module
from opspec.pyview.examples import build_example
from opspec.samples.ir import print_sample
from opspec.samples.resolve import resolve_sample
from opspec.spec.load import load_dialect

SPEC = Path(__file__).parents[1] / "golden" / "specs" / "places" / "dialect.yaml"

PRINTED = {
    "symbol": '"places.symbol"() {sym_name = "symbol"} : () -> ()',
    "forwarder": """\
func.func private @name()
"places.forwarder"() {sym_name = "symbol", to = @name} : () -> ()""",
    "top": '"places.top"() : () -> ()',
    "without_values": '"places.without_values"() : () -> ()',
    "told": '"places.told"() : () -> ()',
    "in_a_kernel": """\
"other.module"() ({
  "places.in_a_kernel"() {sym_name = "symbol"} : () -> ()
}) : () -> ()""",
    "give": """\
"places.function"() ({
  "places.give"() : () -> ()
}) {sym_name = "symbol"} : () -> ()""",
}
"""What stands in the module itself."""

BLOCKS = {
    "block": '  "places.stop"',
    "graph": "^bb0:",
    "flow": '  "places.flow_out"',
    "foreign": '  "other.yield"(%arg1) : (i32) -> ()',
}
"""How a block ends, with the values that the terminator returns."""


@pytest.fixture(scope="module")
def dialect() -> Dialect:
    diagnostics = Diagnostics()
    loaded = load_dialect(SPEC, diagnostics)
    assert loaded is not None and not diagnostics.found
    return loaded


def text_of(dialect: Dialect, mnemonic: str) -> str:
    return print_sample(dialect, resolve_sample(dialect, dialect.operation(mnemonic)))


def code_of(dialect: Dialect, mnemonic: str) -> str:
    naming = policy_for(dialect, "mnemonic")
    example = build_example(dialect, dialect.operation(mnemonic), naming, build_module(dialect, naming))
    return "\n".join([*example.opening("SETUP", 0), *example.lines])


@pytest.mark.parametrize("mnemonic", PRINTED)
def test_what_belongs_into_a_module_stands_in_it(dialect: Dialect, mnemonic: str) -> None:
    lines = [f"  {line}" for line in PRINTED[mnemonic].split("\n")]
    assert text_of(dialect, mnemonic) == "\n".join(["module {", *lines, "}", ""])
    assert "in_function=False) as (module,):" in code_of(dialect, mnemonic)


@pytest.mark.parametrize("mnemonic", ["of_a_value", "stop", "block", "in_a_loop"])
def test_everything_else_stands_in_a_function(dialect: Dialect, mnemonic: str) -> None:
    assert "func.func @sample(" in text_of(dialect, mnemonic)
    assert "in_function" not in code_of(dialect, mnemonic)


@pytest.mark.parametrize("mnemonic", BLOCKS)
def test_blocks_end_as_they_have_to(dialect: Dialect, mnemonic: str) -> None:
    body = text_of(dialect, mnemonic).split("({\n")[1].split("})")[0].rstrip().splitlines()
    assert body[-1].removeprefix("    ").startswith(BLOCKS[mnemonic])


def test_a_terminator_of_another_dialect_gets_its_values(dialect: Dialect) -> None:
    assert 'ir.Operation.create("other.yield", operands=[arg1])' in code_of(dialect, "foreign")


def test_arrays_hold_symbols_and_attributes_and_texts(dialect: Dialect) -> None:
    assert '{also = [@a, "word"], kinds = [#some.kind<1>], to = @a::@b}' in text_of(dialect, "refers")
    code = code_of(dialect, "refers")
    assert 'ir.Attribute.parse("@a")' in code
    assert 'ir.Attribute.parse("#some.kind<1>")' in code
    assert '"@a::@b"' in code


def test_an_operation_of_another_dialect_is_put_around(dialect: Dialect) -> None:
    assert '    "other.for"() ({\n      "places.in_a_loop"(%arg0) : (f64) -> ()\n    }) : () -> ()' in text_of(
        dialect, "in_a_loop"
    )
    assert code_of(dialect, "in_a_loop").splitlines()[1:] == [
        '    around = ir.Operation.create("other.for", regions=1)',
        "    with ir.InsertionPoint(around.regions[0].blocks.append()):",
        "        places.in_a_loop(arg0)",
    ]
