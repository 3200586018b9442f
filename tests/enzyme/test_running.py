"""`lowering.run` in detail: visibility, locations, pipelines, other contexts, this process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from enzyme_mlir import ir, lowering, new_context
from enzyme_mlir.lowering import PIPELINES, EnzymeRefusal, Pipeline, UnreadableResult
from enzyme_mlir.lowering.pipelines import read_pipeline, split_passes

from .test_lowering import SQUARE, deadly, used

pytestmark = pytest.mark.usefixtures("enzyme_installed")


@pytest.mark.parametrize("visibility", ["", "public ", "private "])
@pytest.mark.parametrize("given", ["module", "text", "generic text"])
def test_main_is_as_visible_as_it_was(visibility: str, given: str) -> None:
    text = f"func.func {visibility}@main(%x: f64) -> f64 {{ return %x : f64 }} {SQUARE}"
    with new_context():
        module = ir.Module.parse(text)
        before = str(module)
        generic = str(module.operation.get_asm(print_generic_op_form=True))
        result = lowering.run({"module": module, "text": text, "generic text": generic}[given], "parse")
        assert str(result) == before


def test_text_needs_no_context() -> None:
    assert "arith.mulf" in str(lowering.run(used()))


def test_locations_are_kept() -> None:
    with new_context():
        module = ir.Module.parse(SQUARE.replace(": f64 return", ': f64 loc("model.py":7:3) return'))
        result = lowering.run(module, "parse")
        assert 'loc("model.py":7:3)' in result.operation.get_asm(enable_debug_info=True)


def test_complaints_name_locations() -> None:
    text = "func.func private @g(f64) -> f64\n" + used().replace(
        "arith.mulf %x, %x : f64", 'func.call @g(%x) : (f64) -> f64 loc("model.py":7:3)'
    )
    with (
        new_context(),
        pytest.raises(EnzymeRefusal, match=r'loc\("model\.py":7:3\): error: cannot differentiate a call'),
    ):
        lowering.run(ir.Module.parse(text))


def on_host(program: str, host: str) -> str:
    """What a program prints on a host; skips the test where that is not installed."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "ENZYME_MLIR_HOST": host},
        capture_output=True,
        text=True,
        timeout=60,
    )
    if "not installed" in done.stderr:
        pytest.skip(f"the host `{host}` is not installed")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_operations_that_the_host_does_not_know_come_back_in_generic_form() -> None:
    text = """
    func.func @f(%x: tensor<2xf64>) -> tensor<2xf64> {
      %0 = stablehlo.negate %x : tensor<2xf64>
      return %0 : tensor<2xf64>
    }
    func.func @d(%x: tensor<2xf64>, %dx: tensor<2xf64>) -> tensor<2xf64> {
      %0 = "enzyme.fwddiff"(%x, %dx) {fn = @f, activity = [#enzyme.activity<enzyme_dup>],
        ret_activity = [#enzyme.activity<enzyme_dupnoneed>]} : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
      return %0 : tensor<2xf64>
    }
    """
    printed = on_host(f"from enzyme_mlir import lowering\nprint(lowering.run({text!r}, 'stablehlo'))", "mlir")
    derivative = printed[printed.index("func.func private @fwddiffef") :]
    assert '"stablehlo.negate"(%arg1) : (tensor<2xf64>) -> tensor<2xf64>' in derivative


def test_what_the_host_cannot_read_is_told() -> None:
    program = """
from enzyme_mlir import lowering
print("gpu.barrier" in str(lowering.run("func.func @f() { gpu.barrier return }", "parse")))
text = '''func.func @f(%p: !llvm.ptr) {
  %m = "enzymexla.pointer2memref"(%p) : (!llvm.ptr) -> memref<?x!llvm.ptr> loc("a.py":7:3)
  return
}'''
try:
    lowering.run(text, "parse")
except lowering.UnreadableResult as error:
    print("pointer2memref" in error.text, error)
"""
    # Enzyme's MLIR is newer: it gives the one an attribute, which is implied, and has arrays that the host does not
    assert on_host(program, "mlir").splitlines() == [
        "True",
        "True <text>: Enzyme reads it, and mlir cannot read what Enzyme makes of it: error: "
        'enzymexla.pointer2memref at loc("a.py":7:3): invalid memref element type',
    ]
    assert issubclass(UnreadableResult, lowering.EnzymeError)


def test_in_this_process() -> None:
    program = f"""
from enzyme_mlir import lowering, new_context
with new_context():
    print(lowering.run({used()!r}, isolated=False))
    try:
        lowering.run("func.func @f(", isolated=False)
    except lowering.EnzymeRefusal as error:
        print("refused:", error)
    print("next", flush=True)
    lowering.run({deadly()!r}, isolated=False)
    print("not reached")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    with new_context():
        assert done.stdout.startswith(str(lowering.run(used())))
    refused = done.stdout[done.stdout.index("refused: ") :]
    assert refused == "refused: <text>:1:13: error: expected non-function type\nnext\n"
    assert done.stdout.endswith("next\n")
    assert done.returncode == -11


def test_pipelines_by_name_as_text_and_as_passes() -> None:
    named = PIPELINES["differentiate"]
    assert read_pipeline("differentiate") is read_pipeline(named) is named
    assert read_pipeline("cse, canonicalize").passes == ("cse", "canonicalize")
    assert read_pipeline(["cse", "canonicalize"]).text == "cse,canonicalize"
    assert read_pipeline("").passes == ()
    found = {lowering.verdicts([used()], given)[0].text for given in ("differentiate", named, named.text, named.passes)}
    assert len(found) == 1


def test_passes_are_parted_at_the_outermost_commas() -> None:
    text = 'enzyme{postpasses="a,b"},func.func(c,d{e=1,2}), f'
    assert split_passes(text) == ('enzyme{postpasses="a,b"}', "func.func(c,d{e=1,2})", "f")


def test_every_named_pipeline_is_described_and_known_to_enzyme() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "lowering.md").read_text(encoding="utf-8")
    for name, pipeline in PIPELINES.items():
        assert pipeline.name == name
        assert pipeline.summary.endswith(".")
        assert f"| `{name}` |" in docs
        assert lowering.verdicts(["module {}"], pipeline)[0].message == ""


def test_a_pass_that_the_release_does_not_have_may_be_optional() -> None:
    mine = Pipeline("mine", ("canonicalize", "not-in-this-release{x=1}", "cse"), optional=("not-in-this-release",))
    assert lowering.verdicts([used()], mine)[0].message == ""
    strict = Pipeline("strict", mine.passes)
    assert "not-in-this-release" in lowering.verdicts([used()], strict)[0].message


def test_linalg_on_memory_needs_the_loops() -> None:
    text = """
    func.func @f(%x: memref<3xf64>, %y: memref<f64>) {
      linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> ()>], iterator_types = ["reduction"]}
        ins(%x : memref<3xf64>) outs(%y : memref<f64>) {
      ^bb0(%a: f64, %b: f64): %p = arith.mulf %a, %a : f64 %s = arith.addf %p, %b : f64 linalg.yield %s : f64 }
      return
    }
    func.func @d(%x: memref<3xf64>, %dx: memref<3xf64>, %y: memref<f64>, %dy: memref<f64>) {
      "enzyme.autodiff"(%x, %dx, %y, %dy) {fn = @f, activity = [#enzyme.activity<enzyme_dup>,
        #enzyme.activity<enzyme_dup>], ret_activity = []}
        : (memref<3xf64>, memref<3xf64>, memref<f64>, memref<f64>) -> ()
      return
    }
    """
    passes = [each for each in PIPELINES["differentiate"].passes if each != "convert-linalg-to-loops"]
    silent, right = lowering.verdicts([text], passes)[0].text, lowering.verdicts([text])[0].text
    assert silent is not None
    assert right is not None
    body = silent[silent.index("private @diffef") :]
    assert "fastmath<fast>" not in body, "Enzyme differentiates linalg.generic on memrefs now: the loops can go"
    assert "fastmath<fast>" in right[right.index("private @diffef") :]
