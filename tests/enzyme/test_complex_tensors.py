"""Tensors of complex numbers: which pipeline differentiates them, what comes out, and what the others say."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from enzyme_mlir import HOST, ir, jit, lowering, new_context, verify
from enzyme_mlir.lowering import EnzymeRefusal
from enzyme_mlir.releases import RELEASES, using_release

from .installed import folder_of

pytestmark = pytest.mark.usefixtures("enzyme_installed")

ROOT = Path(__file__).parents[2]
TENSOR = "tensor<2xcomplex<f64>>"
SEED = np.array([1 + 0.25j, 0.5 - 2j])
A, B = np.array([1 + 0.5j, -0.3 + 0.2j]), np.array([0.2 - 0.7j, 1.1 + 0.1j])
STABLEHLO = f"""
func.func @f(%a: {TENSOR}, %b: {TENSOR}) -> {TENSOR} {{
  %0 = "stablehlo.multiply"(%a, %b) : ({TENSOR}, {TENSOR}) -> {TENSOR}
  return %0 : {TENSOR}
}}
"""
NUMBERS = """
func.func @f(%a: complex<f64>, %b: complex<f64>) -> complex<f64> {
  %0 = complex.mul %a, %b : complex<f64>
  return %0 : complex<f64>
}
"""
OWN = 'enzyme{postpasses="arith-raise{stablehlo=true}"},canonicalize,remove-unnecessary-enzyme-ops'
ELEMENTS = f"""
func.func @f(%a: {TENSOR}, %b: {TENSOR}) -> {TENSOR} {{
  %i = arith.constant 0 : index
  %x = tensor.extract %a[%i] : {TENSOR}
  %y = tensor.extract %b[%i] : {TENSOR}
  %0 = complex.mul %x, %y : complex<f64>
  %1 = tensor.insert %0 into %a[%i] : {TENSOR}
  return %1 : {TENSOR}
}}
"""


def reverse(function: str, kind: str) -> str:
    """A module with the reverse mode of a function of two arguments of this type."""
    return f"""
    {function}
    func.func @main(%a: {kind}, %b: {kind}, %s: {kind}) -> ({kind}, {kind}, {kind}) {{
      %0:3 = "enzyme.autodiff"(%a, %b, %s) {{fn = @f,
        activity = [#enzyme.activity<enzyme_active>, #enzyme.activity<enzyme_active>],
        ret_activity = [#enzyme.activity<enzyme_active>]}} : ({kind}, {kind}, {kind}) -> ({kind}, {kind}, {kind})
      return %0#0, %0#1, %0#2 : {kind}, {kind}, {kind}
    }}
    """


@pytest.mark.parametrize("pipeline", ["stablehlo", "jacobian", OWN])
@pytest.mark.parametrize("release", RELEASES)
def test_every_release_differentiates_them_by_the_pipelines_for_stablehlo(release: str, pipeline: str) -> None:
    with using_release(release), new_context():
        module = ir.Module.parse(reverse(STABLEHLO, TENSOR))
        assert verify(module) == ()
        made = str(lowering.run(module, pipeline, enzyme=folder_of(release)))
    assert "stablehlo.multiply" in made
    assert "enzyme.autodiff" not in made
    assert "complex.add" not in made


@pytest.mark.parametrize("pipeline", ["differentiate", "regions", "expand"])
def test_another_pipeline_says_which_one_does(pipeline: str) -> None:
    with new_context(), pytest.raises(EnzymeRefusal) as caught:
        lowering.run(ir.Module.parse(reverse(STABLEHLO, TENSOR)), pipeline)
    lines = str(caught.value).splitlines()
    assert (
        "Enzyme adds up tensors of complex numbers by an operation that MLIR has for single numbers; the pipeline "
        "'stablehlo' makes StableHLO of it at once: run(module, \"stablehlo\")"
    ) in lines
    assert any(line.startswith("because of stablehlo.multiply in @f") for line in lines)


@pytest.mark.skipif(HOST != "mlir", reason="machine code is made on the host mlir")
@pytest.mark.parametrize("pipeline", ["differentiate", "stablehlo"])
def test_functions_that_take_them_apart_are_differentiated_by_every_pipeline(pipeline: str) -> None:
    with new_context():
        compiled = jit.compile(lowering.run(ir.Module.parse(reverse(ELEMENTS, TENSOR)), pipeline), "main")
    value, by_a, by_b = compiled(A, B, SEED)
    assert np.allclose(value, [A[0] * B[0], A[1]])
    assert np.allclose(by_a, [SEED[0] * np.conj(B[0]), SEED[1]])
    assert np.allclose(by_b, [SEED[0] * np.conj(A[0]), 0])


@pytest.mark.skipif(HOST != "mlir", reason="machine code is made on the host mlir")
def test_numbers_have_the_same_derivatives() -> None:
    with new_context():
        compiled = jit.compile(lowering.run(ir.Module.parse(reverse(NUMBERS, "complex<f64>"))), "main")
    found = compiled(complex(A[0]), complex(B[0]), complex(SEED[0]))
    assert np.allclose(found, [A[0] * B[0], SEED[0] * np.conj(B[0]), SEED[0] * np.conj(A[0])])


def test_the_derivatives_are_jaxs() -> None:
    pytest.importorskip("jax")
    done = subprocess.run(
        [sys.executable, "-m", "tests.enzyme.complex_tensors_program"],
        cwd=ROOT,
        env={**os.environ, "ENZYME_MLIR_HOST": "jaxlib.mlir"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    names = ("reverse", "forward", "a real function", "a real function, forward")
    assert done.stdout.splitlines() == [f"{name} True" for name in names], done.stderr
