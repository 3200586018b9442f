"""Why functions are expanded: what each release refuses, and the wrong numbers of those that it does not.

Where a release comes that has a derivative, or mends one, a test here fails, and the table has to follow.
"""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from enzyme_mlir import jit, lowering
from enzyme_mlir._runtime.respelling import respell
from enzyme_mlir.lowering.prepare.mathematics import EXPANDED
from tests.enzyme.installed import RELEASES, folder_of

from .mathematics_cases import CASES
from .mathematics_running import Array, Function, derivative_of, differentiated, expanded, run, settled

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")
pytestmark = pytest.mark.usefixtures("enzyme_installed")

MODES = ("reverse", "forward")
NEWEST = RELEASES[-1:]
WRONG_SINCE = {"arith.divf": RELEASES, "math.sqrt": RELEASES, "arith.maxnumf": RELEASES[1:]}
"""The releases that have a wrong derivative of a function, where it is not only the newest."""
FUNCTIONS = {case.function.name: case.function for case in CASES}


def _has_derivative(name: str, release: str, mode: str) -> bool:
    row = EXPANDED[name]
    if name == "math.sincos":
        return release in NEWEST and mode == "forward"
    if row.fault:
        return release in WRONG_SINCE.get(name, NEWEST)
    return release in row.own or mode not in row.modes


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("release", RELEASES)
def test_a_release_refuses_what_the_table_says(release: str, mode: str) -> None:
    texts = [respell(each.text + derivative_of(each, mode), release) for each in FUNCTIONS.values()]
    verdicts = lowering.verdicts(texts, "differentiate", enzyme=folder_of(release))
    found = {name: verdict.text is not None for name, verdict in zip(FUNCTIONS, verdicts, strict=True)}
    dies = {"math.copysign"} if mode == "forward" and release in NEWEST else set()
    wanted = {name: _has_derivative(name, release, mode) and name not in dies for name in FUNCTIONS}
    assert found == wanted
    for name in dies:
        assert verdicts[list(FUNCTIONS).index(name)].signal is not None


FAULTS = (
    ("arith.divf", "forward", (3.0, 1e200), 0, 0.0, 1e-200),
    ("arith.divf", "forward", (3.0, 1e-200), 0, math.inf, 1e200),
    ("arith.maxnumf", "reverse", (math.nan, 2.0), 1, 0.0, 1.0),
    ("arith.maxnumf", "forward", (2.0, math.nan), 0, 1.0, 1.0),
    ("arith.remf", "reverse", (1.0, 0.1), 1, -10.0, -9.0),
    ("arith.remf", "forward", (1.0, 0.1), 1, -10.0, -9.0),
    ("math.cbrt", "reverse", (1.7e308,), 0, 0.0, 1 / (3 * 1.7e308 ** (2 / 3))),
    ("math.cbrt", "forward", (-1.7e308,), 0, 0.0, 1 / (3 * 1.7e308 ** (2 / 3))),
    ("math.powf", "reverse", (0.0, -1.5), 1, 0.0, -math.inf),
    ("math.powf", "forward", (0.0, -1.5), 1, 0.0, -math.inf),
    ("math.powf", "reverse", (0.0, 0.0), 0, math.nan, 0.0),
    ("math.sqrt", "reverse", (0.0,), 0, 0.0, math.inf),
    ("math.sqrt", "forward", (0.0,), 0, 0.0, math.inf),
)
"""A function, a mode, a point, an operand; what the newest release gives as the derivative by it, and what is right."""


@pytest.mark.parametrize(("name", "mode", "point", "axis", "wrong", "right"), FAULTS)
def test_the_number_is_wrong_unless_it_is_expanded(
    name: str, mode: str, point: tuple[float, ...], axis: int, wrong: float, right: float
) -> None:
    function = FUNCTIONS[name]
    asks = derivative_of(function, mode)
    points: list[Array] = [np.array([each]) for each in point]
    plain, mended = differentiated([function.text + asks, expanded(function.text, mode) + asks])
    np.testing.assert_equal(run(jit.compile(plain), points)[1 + axis][0], wrong)
    np.testing.assert_allclose(run(jit.compile(mended), points)[1 + axis][0], right, rtol=1e-13)


STORED = """func.func @f(%x: f64, %m: memref<2xf64>) -> f64 {
%c1 = arith.constant 1 : index
%v = NAME %x : f64
memref.store %v, %m[%c1] : memref<2xf64>
%l = memref.load %m[%c1] : memref<2xf64>
%r = arith.addf %x, %l : f64
return %r : f64
}
"""
ASKS = """func.func @main(%x: f64, %m: memref<2xf64>, %d: memref<2xf64>) -> f64 {
%one = arith.constant 1.0 : f64
%g = "enzyme.autodiff"(%x, %m, %d, %one) {fn = @f,
  activity = [#enzyme.activity<enzyme_active>, #enzyme.activity<enzyme_dup>],
  ret_activity = [#enzyme.activity<enzyme_activenoneed>]} : (f64, memref<2xf64>, memref<2xf64>, f64) -> f64
return %g : f64
}
"""


@pytest.mark.parametrize("name", ["math.ceil", "math.floor", "math.round", "math.roundeven", "math.trunc"])
def test_a_rounded_number_clears_the_derivative_of_what_it_overwrites(name: str) -> None:
    function = STORED.replace("NAME", name)
    (made,) = differentiated([expanded(function, "reverse") + ASKS])
    assert _seeds_left(made) == (1.0, [5.0, 0.0])
    if EXPANDED[name].fault:
        (plain,) = differentiated([function + ASKS])
        assert _seeds_left(plain) == (1.0, [5.0, 8.0])  # 7 was there before


def _seeds_left(text: str) -> tuple[float, list[float]]:
    shadow = np.array([5.0, 7.0])
    found = jit.compile(text)(0.7, np.zeros(2), shadow)
    return float(found), list(shadow)


def test_derivatives_in_f32_are_numbers_where_the_compiler_takes_no_liberties() -> None:
    """With Enzyme's own flags a compiler may divide by an estimate, and does on some processors: no number at 1e20."""
    function = Function("math.atan", "%r = math.atan %x : T", 1, "f32")
    (verdict,) = lowering.verdicts([function.text + derivative_of(function, "reverse")])
    assert verdict.text is not None
    free, calm = (settled(verdict.text, is_calm) for is_calm in (False, True))
    assert "fastmath<fast>" in free
    assert not {"fast", "arcp", "afn"} & set(re.findall(r"\w+", " ".join(re.findall(r"fastmath<([^>]*)>", calm))))
    points = [np.repeat(np.array([1e18, 1e20, np.inf], np.float32), 64)]  # many at a time, which are divided otherwise
    np.testing.assert_allclose(run(jit.compile(calm), points)[1][::64], [1e-36, 0, 0], rtol=1e-6)
