"""Samples stand where their operation has to stand, and their blocks end as they have to."""

from __future__ import annotations

from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics
from opspec.emitters.snapshots.ir import print_sample
from opspec.model.dialect import Dialect
from opspec.naming.policy import policy_for
from opspec.spec.load import load_dialect
from opspec.surface.build import build_module
from opspec.surface.examples import build_example
from opspec.surface.samples import resolve_sample

FACTS = """
schema: opspec/dialect/1
dialect: place
operations:
  symbol:
    class: SymbolOp
    interfaces: [SymbolOpInterface]
    arguments: {sym_name: attr symbol_name}
  function:
    class: FunctionOp
    interfaces: [FunctionOpInterface]
    arguments: {sym_name: attr symbol_name}
    regions: {body: any}
  give:
    class: GiveOp
    traits: [Terminator, HasParent(place.function)]
    arguments: {values: variadic any}
  of_a_value:
    class: OfAValueOp
    interfaces: [SymbolOpInterface]
    arguments: {sym_name: attr symbol_name, value: f64}
  top:
    class: TopOp
    traits: [HasParent(builtin.module)]
  in_a_kernel:
    class: InAKernelOp
    interfaces: [SymbolOpInterface]
    traits: [HasParent(gpu.module)]
    arguments: {sym_name: attr symbol_name}
  stop:
    class: StopOp
    traits: [Terminator]
    arguments: {values: variadic any}
  block:
    class: BlockOp
    regions: {body: blocks 1}
  graph:
    class: GraphOp
    traits: [NoTerminator]
    regions: {body: blocks 1}
  foreign:
    class: ForeignOp
    regions: {body: blocks 1}
  told:
    class: ToldOp
    traits: [Terminator]
  refers:
    class: RefersOp
    arguments: {to: attr symbol_ref, also: attr array, kinds: attr array}
"""
OVERLAY = """
schema: opspec/overlay/1
dialect: place
operations:
  foreign:
    sample:
      regions: {body: {arguments: [f64, i32], returns: [1], terminator: scf.yield}}
  told:
    sample: {inside: module}
  refers:
    sample:
      setup: module @a { func.func private @b() }
      arguments: {to: "@a::@b", also: ["@a", word], kinds: ["#some.kind<1>"]}
"""

PRINTED = {
    "symbol": '"place.symbol"() {sym_name = "name"} : () -> ()',
    "top": '"place.top"() : () -> ()',
    "told": '"place.told"() : () -> ()',
    "give": """\
"place.function"() ({
^bb0(%arg0: f64):
  "place.give"(%arg0) : (f64) -> ()
}) {sym_name = "name"} : () -> ()""",
}
"""What stands in the module itself."""

BLOCKS = {
    "block": '  "place.stop"',
    "graph": "^bb0:",
    "foreign": '  "scf.yield"(%arg1) : (i32) -> ()',
}
"""How a block ends, with the values that the terminator returns."""


@pytest.fixture(scope="module")
def dialect(tmp_path_factory: pytest.TempPathFactory) -> Dialect:
    folder: Path = tmp_path_factory.mktemp("place")
    (folder / "dialect.yaml").write_text(FACTS, encoding="utf-8")
    (folder / "overlay.yaml").write_text(OVERLAY, encoding="utf-8")
    diagnostics = Diagnostics()
    loaded = load_dialect(folder / "dialect.yaml", diagnostics)
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


@pytest.mark.parametrize("mnemonic", ["of_a_value", "in_a_kernel", "stop", "block"])
def test_everything_else_stands_in_a_function(dialect: Dialect, mnemonic: str) -> None:
    assert "func.func @sample(" in text_of(dialect, mnemonic)
    assert "in_function" not in code_of(dialect, mnemonic)


@pytest.mark.parametrize("mnemonic", BLOCKS)
def test_blocks_end_as_they_have_to(dialect: Dialect, mnemonic: str) -> None:
    body = text_of(dialect, mnemonic).split("({\n")[1].split("})")[0].rstrip().splitlines()
    assert body[-1].removeprefix("    ").startswith(BLOCKS[mnemonic])


def test_a_terminator_of_another_dialect_gets_its_values(dialect: Dialect) -> None:
    assert 'ir.Operation.create("scf.yield", operands=[arg1])' in code_of(dialect, "foreign")


def test_arrays_hold_symbols_and_attributes_and_texts(dialect: Dialect) -> None:
    assert '{also = [@a, "word"], kinds = [#some.kind<1>], to = @a::@b}' in text_of(dialect, "refers")
    code = code_of(dialect, "refers")
    assert 'ir.Attribute.parse("@a")' in code
    assert 'ir.Attribute.parse("#some.kind<1>")' in code
    assert '"@a::@b"' in code
