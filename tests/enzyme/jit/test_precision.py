"""Functions of `math` in compiled code: as exact as NumPy's, for small numbers and large ones."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from enzyme_mlir import HOST, jit

pytestmark = pytest.mark.skipif(HOST != "mlir", reason="only the host mlir compiles")

Array = np.ndarray[Any, Any]
FUNCTIONS: Mapping[str, Callable[[Array], Any]] = {
    "acos": np.arccos,
    "acosh": np.arccosh,
    "asin": np.arcsin,
    "asinh": np.arcsinh,
    "atan": np.arctan,
    "atanh": np.arctanh,
    "cbrt": np.cbrt,
    "cos": np.cos,
    "cosh": np.cosh,
    "erf": np.vectorize(math.erf),
    "erfc": np.vectorize(math.erfc),
    "exp": np.exp,
    "exp2": np.exp2,
    "expm1": np.expm1,
    "log": np.log,
    "log10": np.log10,
    "log1p": np.log1p,
    "log2": np.log2,
    "rsqrt": lambda x: 1 / np.sqrt(x),
    "sin": np.sin,
    "sinh": np.sinh,
    "sqrt": np.sqrt,
    "tan": np.tan,
    "tanh": np.tanh,
}
RANDOM = np.random.default_rng(0)
POINTS = RANDOM.choice([-1.0, 1.0], 10_000) * 10.0 ** RANDOM.uniform(-12, 2, 10_000)
ENDS = np.array([0.0, -0.0, 1.0, -1.0, 710.0, -750.0, np.inf, -np.inf, np.nan])
TOLERANCES = {"f64": 1e-15, "f32": 1e-6, "f16": 2e-3}
DTYPES: Mapping[str, type[np.floating[Any]]] = {"f64": np.float64, "f32": np.float32, "f16": np.float16}


def compiled(name: str, kind: str) -> jit.Function:
    """The function of an array."""
    tensor = f"tensor<?x{kind}>"
    return jit.compile(
        f"func.func @main(%x: {tensor}) -> {tensor} {{ %r = math.{name} %x : {tensor} return %r : {tensor} }}"
    )


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_digit_is_right(name: str) -> None:
    with np.errstate(all="ignore"):
        found, wanted = compiled(name, "f64")(POINTS), FUNCTIONS[name](POINTS)
    numbers = ~np.isnan(wanted)
    np.testing.assert_array_equal(np.isnan(found), ~numbers)
    np.testing.assert_allclose(found[numbers], wanted[numbers], rtol=TOLERANCES["f64"], atol=0)


@pytest.mark.parametrize("kind", DTYPES)
def test_one_less_than_the_exponential_has_small_results_and_ends(kind: str) -> None:
    points = np.concatenate([POINTS[np.abs(POINTS) > 1e-4], ENDS]).astype(DTYPES[kind])
    with np.errstate(all="ignore"):
        found = compiled("expm1", kind)(points)
        wanted = np.expm1(points.astype(np.float64)).astype(DTYPES[kind])
    np.testing.assert_allclose(found, wanted, rtol=TOLERANCES[kind], atol=0)
    np.testing.assert_array_equal(np.signbit(found[-9:-7]), [False, True])
