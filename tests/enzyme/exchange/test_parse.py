"""Enzyme's own syntax: a host gets it by `parse`, and gives it back by `pretty`, as the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from enzyme_mlir import ir, lowering, new_context, verify

pytestmark = pytest.mark.usefixtures("enzyme_installed")

FOLDER = Path(__file__).parents[3] / "generated" / "snapshots" / "enzyme"
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


@pytest.mark.parametrize("name", [*SNAPSHOTS, "everything at once"])
def test_a_host_reads_what_enzyme_prints_and_gives_it_back(name: str) -> None:
    text = SNAPSHOTS.get(name, EVERYTHING)
    printed = lowering.pretty(text)
    with new_context():
        module = lowering.parse(printed)
        assert module.operation.verify()
        assert lowering.pretty(module) == printed


def test_attributes_of_what_was_parsed_are_in_sight() -> None:
    module = lowering.parse("func.func @f(%m: memref<4xf64>) { enzyme.fill_zero %m {deep} : memref<4xf64> return }")
    (function,) = module.body.operations
    fill = function.regions[0].blocks[0].operations[0]
    assert fill.operation.name == "enzyme.fill_zero"
    assert [(name, str(fill.attributes[name])) for name in fill.attributes] == [("deep", "unit")]
    assert verify(module) == ()


def test_locations_and_visibility_stay() -> None:
    text = """module {
  func.func @main(%x: f64) -> f64 {
    %0 = enzyme.ignore_derivatives %x : f64 -> f64 loc("model.py":7:3)
    return %0 : f64
  }
}"""
    module = lowering.parse(text)
    (main,) = module.body.operations
    assert "sym_visibility" not in main.attributes
    assert str(main.regions[0].blocks[0].operations[0].location) == 'loc("model.py":7:3)'


def test_a_module_is_of_the_context_that_is_asked_for() -> None:
    text = "func.func @f(%x: f64) { %0 = enzyme.ignore_derivatives %x : f64 -> f64 return }"
    one = new_context()
    assert lowering.parse(text, context=one).context == one
    with new_context() as other:
        assert lowering.parse(text).context == other


def test_what_neither_reads_is_refused_with_its_place() -> None:
    with pytest.raises(lowering.EnzymeRefusal, match=r"2:3.*unheard_of"):
        lowering.parse("func.func @f(%x: f64) {\n  enzyme.unheard_of %x : f64\n  return\n}")


def test_a_file_holds_several_modules(tmp_path: Path) -> None:
    path = tmp_path / "two.mlir"
    parts = ["func.func @f(%x: f64) { %0 = enzyme.ignore_derivatives %x : f64 -> f64 return }\n"] * 2
    path.write_text("// -----\n".join(parts), encoding="utf-8")
    assert [str(each) for each in lowering.parse_file(path)] == [str(lowering.parse(part)) for part in parts]


def test_an_error_in_a_file_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "two.mlir"
    path.write_text("func.func @f() { return }\n// -----\nfunc.func @g() {\n  enzyme.unheard_of\n}\n", encoding="utf-8")
    with pytest.raises(lowering.EnzymeRefusal) as caught:
        lowering.parse_file(path)
    assert f"{path}:4:3: error: " in str(caught.value)


def test_without_enzyme_what_the_host_reads_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ENZYME_MLIR_ENZYME", str(tmp_path))
    assert "func.func @f" in str(lowering.parse("func.func @f() { return }"))
    with pytest.raises(lowering.EnzymeUnavailable):
        lowering.parse("func.func @f(%x: f64) { %0 = enzyme.ignore_derivatives %x : f64 -> f64 return }")


def test_enzyme_takes_registered_operations_only() -> None:
    with new_context():
        module = ir.Module.parse('func.func @f(%x: f64) { %0 = "test.odd"(%x) : (f64) -> f64 return }')
    with pytest.raises(lowering.EnzymeRefusal) as caught:
        lowering.pretty(module)
    assert "error: test.odd: Enzyme takes registered operations only, and does not know this one" in str(caught.value)
