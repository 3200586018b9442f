"""Where expanded functions stand: loops, branches, calls, tensors, several directions; and what is left alone."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest

from enzyme_mlir import ir, jit, lowering, new_context
from enzyme_mlir._runtime.respelling import respell
from enzyme_mlir.lowering.prepare.mathematics import KEPT, expand_mathematics, settle_mathematics
from tests.enzyme.installed import RELEASES, ROOT, folder_of

from .mathematics_running import activities, expanded, settled

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")
pytestmark = pytest.mark.usefixtures("enzyme_installed")

MODES = ("reverse", "forward")
STEP = """
  %s0 = math.asinh %a : f64
  %s1 = math.erf %s0 : f64
  %s2 = math.cosh %s1 : f64
  %s3 = math.rsqrt %s2 : f64
  %s4 = math.atan2 %s3, %a : f64
  %s5 = math.tan %s4 : f64
  %s6 = arith.minnumf %s5, %two : f64
  %s7 = math.log10 %two : f64
  %b = arith.mulf %s6, %s7 : f64
"""
"""From `%a` to `%b`."""
CONSTANTS = """
  %two = arith.constant 2.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
"""


def step(a: Any) -> Any:
    """The same in many digits."""
    root = 1 / mpmath.sqrt(mpmath.cosh(mpmath.erf(mpmath.asinh(a))))
    return min(mpmath.tan(mpmath.atan2(root, a)), mpmath.mpf(2)) * mpmath.log10(2)


def thrice(x: Any) -> Any:
    """Three steps."""
    return step(step(step(x)))


def function(body: str, extra: str = "") -> str:
    return f"{extra}\nfunc.func @f(%x: f64) -> f64 {{{CONSTANTS}{body}\n  return %r : f64\n}}\n"


FOR = f"%r = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %x) -> (f64) {{{STEP} scf.yield %b : f64 }}"
AFFINE = f"%r = affine.for %i = 0 to 3 iter_args(%a = %x) -> (f64) {{{STEP} affine.yield %b : f64 }}"
WHILE = f"""%w:2 = scf.while (%a = %x, %i = %c0) : (f64, index) -> (f64, index) {{
  %more = arith.cmpi slt, %i, %c3 : index
  scf.condition(%more) %a, %i : f64, index
}} do {{
^bb0(%a: f64, %i: index): {STEP}
  %j = arith.addi %i, %c1 : index
  scf.yield %b, %j : f64, index
}}
%r = arith.addf %w#0, %c_0 : f64"""
IF = f"""%large = arith.cmpf ogt, %x, %two : f64
%r = scf.if %large -> (f64) {{
  scf.yield %two : f64
}} else {{
  %a = arith.addf %x, %c_0 : f64 {STEP}
  scf.yield %b : f64
}}"""
CALL = """%p = func.call @step(%x) : (f64) -> f64
%q = func.call @step(%p) : (f64) -> f64
%r = func.call @step(%q) : (f64) -> f64"""
CALLED = f"func.func @step(%a: f64) -> f64 {{{CONSTANTS}{STEP} return %b : f64 }}"
ZERO = "%c_0 = arith.constant 0.0 : f64\n"
MEMORY = f"""%m = memref.alloc() : memref<f64>
memref.store %x, %m[] : memref<f64>
scf.for %i = %c0 to %c3 step %c1 {{ %a = memref.load %m[] : memref<f64> {STEP} memref.store %b, %m[] : memref<f64> }}
%r = memref.load %m[] : memref<f64>"""

PLACES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "scf.for": (function(FOR), thrice),
    "affine.for": (function(AFFINE), thrice),
    "scf.if": (function(ZERO + IF), step),
    "func.call": (function(CALL, CALLED), thrice),
    "memory": (function(MEMORY), thrice),
    "scf.while": (function(ZERO + WHILE), thrice),
}


LEFT_OVER = {("memory", "0.0.14", "reverse"): "enzyme.placeholder"}
"""What a release leaves behind whatever the function computes."""


def with_main(text: str, mode: str) -> str:
    """The function's derivative at a point."""
    word, name = ("active", "autodiff") if mode == "reverse" else ("dup", "fwddiff")
    return f"""{text}
func.func @main(%x: f64) -> f64 {{
  %one = arith.constant 1.0 : f64
  %d = "enzyme.{name}"(%x, %one) {{fn = @f, activity = {activities(word, 1)},
    ret_activity = {activities(f"{word}noneed", 1)}}} : (f64, f64) -> f64
  return %d : f64
}}
"""


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("place", PLACES)
def test_a_function_of_several(place: str, release: str, mode: str) -> None:
    text, reference = PLACES[place]
    asked = respell(with_main(expanded(text, mode, release), mode), release)
    (verdict,) = lowering.verdicts([asked], enzyme=folder_of(release))
    if place == "scf.while" and mode == "reverse":
        assert "could not compute the adjoint for this operation" in verdict.message
        return
    assert verdict.text is not None, verdict.message
    if (place, release, mode) in LEFT_OVER:
        assert LEFT_OVER[place, release, mode] in verdict.text
        return
    compiled = jit.compile(settled(verdict.text))
    with mpmath.workdps(40):
        for x in (0.3, 1.7, -0.4):
            wanted = float(mpmath.diff(reference, mpmath.mpf(x)))
            assert compiled(x) == pytest.approx(wanted, rel=1e-13)


def test_directions_at_once() -> None:
    text = expanded("func.func @f(%x: f64) -> f64 { %r = math.acosh %x : f64 return %r : f64 }", "forward")
    text += f"""func.func @main(%x: f64, %d: tensor<2xf64>) -> tensor<2xf64> {{
  %r = "enzyme.fwddiff"(%x, %d) {{fn = @f, width = 2 : i64, activity = {activities("dup", 1)},
    ret_activity = {activities("dupnoneed", 1)}}} : (f64, tensor<2xf64>) -> tensor<2xf64>
  return %r : tensor<2xf64>
}}
"""
    (verdict,) = lowering.verdicts([text])
    assert verdict.text is not None, verdict.message
    found = jit.compile(settled(verdict.text))(3.0, np.array([1.0, -2.0]))
    np.testing.assert_allclose(found, np.array([1.0, -2.0]) / np.sqrt(8.0), rtol=1e-15)


@pytest.mark.parametrize("shape", ["3", "?"])
@pytest.mark.parametrize("mode", MODES)
def test_tensors(shape: str, mode: str) -> None:
    kind = f"tensor<{shape}xf32>"
    body = f"%p = math.atan2 %x, %x : {kind} %q = math.asinh %x : {kind} %r = arith.mulf %p, %q : {kind}"
    text = expanded(f"func.func @f(%x: {kind}) -> {kind} {{ {body} return %r : {kind} }}", mode)
    name, word = ("autodiff", "active") if mode == "reverse" else ("fwddiff", "dup")
    text += f"""func.func @main(%x: {kind}, %s: {kind}) -> {kind} {{
  %r = "enzyme.{name}"(%x, %s) {{fn = @f, activity = {activities(word, 1)},
    ret_activity = {activities(f"{word}noneed", 1)}}} : ({kind}, {kind}) -> {kind}
  return %r : {kind}
}}
"""
    (verdict,) = lowering.verdicts([text])
    assert verdict.text is not None, verdict.message
    given, seeds = np.array([0.5, 2.0, 1e30], np.float32), np.array([1.0, -2.0, 3.0], np.float32)
    found = jit.compile(settled(verdict.text))(given, seeds)
    wanted = seeds * np.arctan2(1, 1) / np.sqrt(1 + given.astype(np.float64) ** 2)
    np.testing.assert_allclose(found, wanted, rtol=1e-6)


def test_the_bodies_of_structured_operations() -> None:
    text = expanded(
        """func.func @f(%x: tensor<3xf64>, %o: tensor<3xf64>) -> tensor<3xf64> {
  %r = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
    ins(%x : tensor<3xf64>) outs(%o : tensor<3xf64>) {
  ^bb0(%a: f64, %b: f64):
    %s = math.sinh %a : f64
    linalg.yield %s : f64
  } -> tensor<3xf64>
  return %r : tensor<3xf64>
}""",
        "forward",
    )
    text += f"""func.func @main(%x: tensor<3xf64>, %d: tensor<3xf64>, %o: tensor<3xf64>) -> tensor<3xf64> {{
  %r = "enzyme.fwddiff"(%x, %d, %o, %o) {{fn = @f, activity = {activities("dup", 2)},
    ret_activity = {activities("dupnoneed", 1)}}}
    : (tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
  return %r : tensor<3xf64>
}}
"""
    (verdict,) = lowering.verdicts([text])
    assert verdict.text is not None, verdict.message
    given, along = np.array([0.5, 2.0, -1.0]), np.array([1.0, -2.0, 3.0])
    found = jit.compile(settled(verdict.text))(given, along, np.zeros(3))
    np.testing.assert_allclose(found, np.cosh(given) * along, rtol=1e-15)


LEFT_ALONE = """func.func @f(%x: f64, %n: i32, %v: vector<2xf64>) -> f64 {
  %two = arith.constant 2.0 : f64
  %0 = math.acos %two : f64
  %1 = arith.sitofp %n : i32 to f64
  %2 = math.tan %1 : f64
  %3 = "enzyme.ignore_derivatives"(%x) : (f64) -> f64
  %4 = math.erf %3 : f64
  %5 = math.ipowi %n, %n : i32
  %6 = math.tan %v : vector<2xf64>
  %7 = math.sin %x : f64
  %8 = arith.addf %0, %2 : f64
  %9 = arith.addf %4, %8 : f64
  %10 = math.tanh %9 : f64
  %11 = math.rsqrt %10 : f64
  return %11 : f64
}"""


def test_what_has_no_derivative_is_left_alone() -> None:
    with new_context():
        module = ir.Module.parse(LEFT_ALONE)
        before = str(module)
        expand_mathematics(module.operation)
        assert str(module) == before


def test_expanding_twice_is_expanding_once_and_settling_undoes_it() -> None:
    text = function(FOR)
    with new_context():
        module = ir.Module.parse(text)
        before = str(module)
        expand_mathematics(module.operation)
        once = str(module)
        assert KEPT in once
        expand_mathematics(module.operation)
        assert str(module) == once
        settle_mathematics(module.operation)
        assert str(module) == before


def test_attributes_and_locations_stay() -> None:
    text = (
        'func.func @f(%x: f64) -> f64 { %r = math.acos %x fastmath<nnan> {mine} : f64 loc("here":3:4) return %r : f64 }'
    )
    with new_context():
        module = ir.Module.parse(text)
        expand_mathematics(module.operation)
        (block,) = module.body.operations[0].regions[0].blocks
        *made, _ = (each.operation for each in block.operations)
        assert {str(each.location) for each in made} == {'loc("here":3:4)'}
        (kept,) = (each for each in made if each.name == "math.acos")
        assert "nnan" in str(kept) and "mine" in str(kept)
        settle_mathematics(module.operation)
        assert "math.acos %arg0 fastmath<nnan> {mine}" in str(module)


IN_A_HOST = """
import sys
from enzyme_mlir import ir, new_context
from enzyme_mlir._runtime.host import HOST
from enzyme_mlir.lowering.prepare.mathematics import expand_mathematics, settle_mathematics
assert HOST == sys.argv[1]
context = new_context()
with context:
    module = ir.Module.parse(sys.stdin.read())
before = str(module)
expand_mathematics(module.operation)
assert module.operation.verify() and "enzyme.ignore_derivatives" in str(module)
settle_mathematics(module.operation)
assert module.operation.verify() and str(module) == before
"""


@pytest.mark.parametrize("host", ["mlir", "jaxlib.mlir", "torch_mlir", "iree.compiler"])
def test_every_host(host: str) -> None:
    if importlib.util.find_spec(host.partition(".")[0]) is None:
        pytest.skip(f"the host {host} is not installed")
    environment = {**os.environ, "ENZYME_MLIR_HOST": host}
    command = [sys.executable, "-c", IN_A_HOST, host]
    done = subprocess.run(
        command,
        input=function(FOR),
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
