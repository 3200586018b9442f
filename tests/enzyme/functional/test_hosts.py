"""Other hosts, each in a process of its own: StableHLO through JAX; what is built where there is no machine code."""

from __future__ import annotations

import importlib.util
import math
import os
import subprocess
import sys

import pytest

from enzyme_mlir.hosts import installed
from tests.enzyme.installed import ROOT

PROGRAM = """
import enzyme_mlir
from tests.enzyme.functional.programs import CHAIN, PRODUCT
gradient = enzyme_mlir.grad(PRODUCT, wrt="x")
print(enzyme_mlir.HOST, gradient.signature.described())
assert "enzyme.autodiff" in enzyme_mlir.vmap(enzyme_mlir.grad(CHAIN), in_axes=(0, None, None)).ir("built")
assert "enzyme.fwddiff" in enzyme_mlir.hvp(CHAIN).ir("built")
assert "enzyme.batch" in enzyme_mlir.vmap(PRODUCT, size=3).ir("built")
assert "enzyme." not in gradient.ir("lowered")
try:
    print(gradient(1.5, 0.7))
except enzyme_mlir.jit.JitError as error:
    print(error)
"""


def run(*command: str, host: str) -> subprocess.CompletedProcess[str]:
    """A program on a host."""
    environment = {**os.environ, "ENZYME_MLIR_HOST": host, "JAX_PLATFORMS": "cpu"}
    return subprocess.run(
        [sys.executable, *command], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60
    )


with_jax = pytest.mark.skipif(
    "jaxlib.mlir" not in installed() or importlib.util.find_spec("jax") is None,
    reason="jaxlib and jax are not installed",
)


def agrees(part: str) -> list[str]:
    """What of a part of the program on StableHLO agrees with JAX."""
    done = run("-m", "tests.enzyme.functional.on_stablehlo", part, host="jaxlib.mlir")
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@with_jax
def test_derivatives_of_stablehlo() -> None:
    assert agrees("first") == [
        *("grad", "value_and_grad", "jvp", "vjp", "jacobian", "jacobian, reverse", "check_gradient", "text"),
    ]


@with_jax
def test_batches_of_stablehlo() -> None:
    assert agrees("batches") == ["vmap", "vmap of grad"]


@with_jax
def test_second_derivatives_of_stablehlo() -> None:
    assert agrees("second") == ["hvp", "hessian"]


@pytest.mark.parametrize("host", ["torch_mlir", "iree.compiler"])
def test_hosts_without_machine_code_build_and_lower(host: str) -> None:
    if host not in installed():
        pytest.skip(f"{host} is not installed")
    done = run("-c", PROGRAM, host=host)
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    assert first == f"{host} (x: f64, y: f64) -> (derivative by x: f64)"
    assert second in (
        str(2 * 1.5 * math.sin(0.7)),  # some have an engine all the same
        f"machine code is made by the host mlir; {host}, which is in use, has no engine for it",
    )


def test_importing_the_package_loads_none_of_it() -> None:
    program = (
        "import sys, enzyme_mlir, enzyme_mlir.hosts; "
        "print([name for name in sys.modules if 'functional' in name or name == 'numpy']); "
        "print(enzyme_mlir.grad.__module__)"
    )
    done = run("-c", program, host="mlir")
    assert done.stdout.splitlines() == ["[]", "enzyme_mlir._package_derivatives"]
