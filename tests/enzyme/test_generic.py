"""`lowering.to_generic`: what Enzyme prints in its own syntax is read by a host, and by Enzyme again, as the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from enzyme_mlir import ir, lowering, new_context
from enzyme_mlir.lowering.generic import UnknownSyntax, to_generic

pytestmark = pytest.mark.usefixtures("enzyme_installed")

FOLDER = Path(__file__).parents[2] / "generated" / "snapshots" / "enzyme"
SNAPSHOTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.mlir"))}
ACTIVE = "#enzyme.activity<enzyme_active>"
EVERYTHING = f"""
func.func @f(%x: f64) -> f64 {{ return %x : f64 }}
func.func @"a name"() {{ return }}
func.func @all(%x: f64, %t: tensor<2xf64>, %m: memref<4xf64>, %i: index, %q: memref<2x?xf64>) -> f64 {{
  %0:2 = "enzyme.autodiff"(%x, %t) {{activity = [{ACTIVE}], ret_activity = [{ACTIVE}], fn = @f, width = 2 : i64,
    strong_zero = true, atomic_add = true, extra = "x"}} : (f64, tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>)
  "enzyme.autodiff"() {{activity = [], ret_activity = [], fn = @"a name"}} : () -> ()
  %1 = "enzyme.autodiff_region"(%x, %t) ({{ ^bb0(%a: f64):
    %z = "enzyme.autodiff_region"(%a, %t) ({{ ^bb0(%b: f64): "enzyme.yield"(%b) : (f64) -> () }})
      {{activity = [{ACTIVE}], ret_activity = [{ACTIVE}]}} : (f64, tensor<2xf64>) -> f64
    "enzyme.yield"(%z) : (f64) -> () }}) {{activity = [{ACTIVE}], ret_activity = [{ACTIVE}], width = 2 : i64,
      extra = 4 : i32, fn = "f"}} : (f64, tensor<2xf64>) -> tensor<2xf64>
  "enzyme.fwddiff_region"() ({{ "enzyme.yield"() : () -> () }}) {{activity = [], ret_activity = []}} : () -> ()
  %2 = "enzyme.load"(%m, %i, %i, %i) {{operandSegmentSizes = array<i32: 1, 2, 1>,
    static_sizes = array<i64: 4, -9223372036854775808>}} : (memref<4xf64>, index, index, index) -> f64
  "enzyme.store"(%2, %m, %i, %i, %i) {{operandSegmentSizes = array<i32: 1, 1, 2, 1>,
    static_sizes = array<i64: 4, -9223372036854775808>, extra}} : (f64, memref<4xf64>, index, index, index) -> ()
  %3 = "enzyme.atomic_rmw"(%x, %m, %i) {{kind = 0 : i64, ordering = 2 : i32, alignment = 8 : i64,
    fastmath = #arith.fastmath<nnan,ninf>}} : (f64, memref<4xf64>, index) -> f64
  %4 = "enzyme.affine_atomic_rmw"(%x, %m, %i) {{kind = 1 : i64, ordering = 2 : i32, map = affine_map<(d0) -> (d0 + 1)>,
    alignment = 8 : i64, fastmath = #arith.fastmath<fast>}} : (f64, memref<4xf64>, index) -> f64
  %5 = "enzyme.extract"(%t) {{index = 1 : i64, extra}} : (tensor<2xf64>) -> f64
  %6 = "enzyme.batch"(%t) {{fn = @f, batch_shape = array<i64: 2>, extra = "@x %0 <{{ -> "}}
    : (tensor<2xf64>) -> tensor<2xf64>
  "enzyme.fill_zero"(%q) {{extra}} : (memref<2x?xf64>) -> ()
  %7 = "enzyme.dump"(%x) {{label = "a > \\" b, c = ", extra}} : (f64) -> f64
  %8 = "enzyme.ignore_derivatives"(%x) {{extra}} : (f64) -> f64
  %9 = "enzyme.concat"(%t, %t) : (tensor<2xf64>, tensor<2xf64>) -> tensor<4xf64>
  return %5 : f64
}}
"""


def without_locations(text: str) -> str:
    """A text of Enzyme's without its locations."""
    lines = [line for line in text.splitlines() if not line.startswith("#loc")]
    return "\n".join(re.sub(r" loc\((?:[^()]|\([^()]*\))*\)", "", line) for line in lines)


def parsed(text: str) -> str:
    """What Enzyme prints of a module that it only reads."""
    (verdict,) = lowering.verdicts([text], "parse")
    assert verdict.text is not None, verdict.message
    return verdict.text


@pytest.mark.parametrize("name", [*SNAPSHOTS, "everything at once"])
def test_a_host_reads_it_and_enzyme_too(name: str) -> None:
    printed = parsed(SNAPSHOTS.get(name, EVERYTHING))
    with new_context():
        module = ir.Module.parse(to_generic(printed))
        assert module.operation.verify()
        again = parsed(str(module))
    assert without_locations(again) == without_locations(printed)


def test_other_lines_stay() -> None:
    text = 'module {\n  func.func @f() { return }\n  "enzyme.init"() : () -> f64\n  // enzyme.autodiff\n}'
    assert to_generic(text) == text
    assert to_generic("module {}") == "module {}"


@pytest.mark.parametrize(
    "line",
    [
        "enzyme.unheard_of %0 : f64",
        "enzyme.fill_zero",
        "enzyme.fill_zero %0 : ",
        "%0 = enzyme.batch @f(%1 : (f64) -> f64",
        "%0 = enzyme.batch f(%1) : (f64) -> f64",
        '%0 = enzyme.dump %0 <label = "x> : (f64) -> f64',
    ],
)
def test_what_is_not_known_is_said(line: str) -> None:
    with pytest.raises(UnknownSyntax):
        to_generic(line)
