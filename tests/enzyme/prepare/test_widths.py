"""Derivatives in several directions against Jacobians."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from enzyme_mlir import jit, lowering

from .width_cases import CASES, RECURSION, Case, asking, is_value, sizes_of, spelled

pytestmark = pytest.mark.usefixtures("enzyme_installed")
RANDOM = np.random.default_rng(1)


def compiled(text: str) -> jit.Function:
    """`@main` of a module that has been through Enzyme."""
    return jit.compile(str(lowering.run(text)), "main")


def directions(kinds: tuple[str, ...], width: int) -> list[Any]:
    """Random directions for values of some types."""
    shapes = [(3,) if kind.startswith("tensor") else () for kind in kinds if is_value(kind)]
    return [RANDOM.normal(size=(width, *shape)) for shape in shapes]


def flat(parts: list[Any], width: int) -> Any:
    """The numbers of several values, a row for each direction."""
    return np.concatenate([np.reshape(part, (width, -1)) for part in parts], axis=1)


def check(case: Case, mode: str, width: int) -> None:
    """Compare derivatives in random directions with products with the Jacobian."""
    point = [np.array(each) if isinstance(each, np.ndarray) else each for each in case.point]
    jacobian = np.reshape(np.asarray(case.jacobian(*case.point), float), (sum(sizes_of(case.gives)), -1))
    given = directions(case.takes if mode == "fwddiff" else case.gives, width)
    if mode == "fwddiff":
        tangents = iter(given)
        arguments = [
            part
            for value, kind in zip(point, case.takes, strict=True)
            for part in ((value, next(tangents)) if is_value(kind) else (value,))
        ]
    else:
        arguments = [*point, *given]
    results = compiled(asking(case, mode, width))(*arguments)
    count = len(case.gives)
    found = list(results[1::2] if mode == "fwddiff" else results[count:])
    wanted = flat(given, width) @ (jacobian.T if mode == "fwddiff" else jacobian)
    np.testing.assert_allclose(flat(found, width), wanted, rtol=1e-12, atol=1e-15)
    if len(case.after):
        np.testing.assert_allclose(point[-1], case.after, rtol=1e-15)


@pytest.mark.parametrize("mode", ["fwddiff", "autodiff"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_three_directions(case: Case, mode: str) -> None:
    check(case, mode, 3)


@pytest.mark.parametrize("mode", ["fwddiff", "autodiff"])
@pytest.mark.parametrize("case", CASES[12:], ids=lambda case: case.name)
def test_so_many_directions_that_they_are_a_loop(case: Case, mode: str) -> None:
    text = str(lowering.run(asking(case, mode, 11)))
    assert "to %c10 step" in text
    check(case, mode, 11)


def test_calls_that_stay_calls() -> None:
    check(RECURSION, "fwddiff", 3)


SQUARES = """func.func @f(%m: memref<3xf64>) -> f64 {
  %c1 = arith.constant 1 : index %c2 = arith.constant 2 : index
  %x = memref.load %m[%c1] : memref<3xf64> %y = arith.mulf %x, %x : f64 memref.store %y, %m[%c2] : memref<3xf64>
  %r = arith.mulf %x, %y : f64 return %r : f64 }
"""


def test_memory_with_a_shadow_for_each_direction_forward() -> None:
    function = compiled(f"""{SQUARES}
    func.func @main(%m: memref<3xf64>, %d: memref<2x3xf64>) -> tensor<2xf64> {{
      %r = "enzyme.fwddiff"(%m, %d) {{fn = @f, width = 2 : i64, activity = {spelled(["dup"])},
        ret_activity = {spelled(["dupnoneed"])}}} : (memref<3xf64>, memref<2x3xf64>) -> tensor<2xf64>
      return %r : tensor<2xf64> }}""")
    memory, shadows = np.array([1.0, 2.0, 3.0]), np.array([[0.0, 1.0, 0.0], [0.0, 5.0, 7.0]])
    np.testing.assert_allclose(function(memory, shadows), [12, 60])
    np.testing.assert_allclose(memory, [1, 2, 4])
    np.testing.assert_allclose(shadows, [[0, 1, 4], [0, 5, 20]])


def test_memory_with_a_shadow_for_each_direction_reverse() -> None:
    function = compiled(f"""{SQUARES}
    func.func @main(%m: memref<3xf64>, %d: memref<2x3xf64>, %s: tensor<2xf64>) {{
      "enzyme.autodiff"(%m, %d, %s) {{fn = @f, width = 2 : i64, activity = {spelled(["dup"])},
        ret_activity = {spelled(["activenoneed"])}}} : (memref<3xf64>, memref<2x3xf64>, tensor<2xf64>) -> ()
      return }}""")
    memory, shadows = np.array([1.0, 2.0, 3.0]), np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 10.0]])
    function(memory, shadows, np.array([1.0, 2.0]))
    np.testing.assert_allclose(memory, [1, 2, 4])
    np.testing.assert_allclose(shadows, [[1, 12, 0], [0, 64, 0]])


CUBE = "func.func @f(%x: f64) -> f64 { %a = arith.mulf %x, %x : f64 %r = arith.mulf %a, %x : f64 return %r : f64 }\n"
PAIR = "tensor<2xf64>"
WORDS = {"autodiff": ("active", "activenoneed"), "fwddiff": ("dup", "dupnoneed")}


def along(name: str, callee: str, mode: str) -> str:
    """A function of a number and two directions: the derivatives of another one, which takes a number."""
    argument, result = WORDS[mode]
    return f"""func.func @{name}(%x: f64, %d: {PAIR}) -> {PAIR} {{
      %r = "enzyme.{mode}"(%x, %d) {{fn = @{callee}, width = 2 : i64, activity = {spelled([argument])},
        ret_activity = {spelled([result])}}} : (f64, {PAIR}) -> {PAIR}
      return %r : {PAIR} }}
    """


@pytest.mark.parametrize("outer", WORDS)
@pytest.mark.parametrize("inner", WORDS)
def test_several_directions_of_a_derivative(outer: str, inner: str) -> None:
    argument, result = WORDS[inner]
    slope = f"""func.func @slope(%x: f64) -> f64 {{ %one = arith.constant 1.0 : f64
      %r = "enzyme.{inner}"(%x, %one) {{fn = @f, activity = {spelled([argument])},
        ret_activity = {spelled([result])}}} : (f64, f64) -> f64 return %r : f64 }}
    """
    function = compiled(CUBE + slope + along("main", "slope", outer))
    np.testing.assert_allclose(function(1.5, [1.0, -2.0]), [9, -18])


@pytest.mark.parametrize("inner", WORDS)
def test_a_derivative_of_several_directions(inner: str) -> None:
    function = compiled(
        CUBE
        + along("g", "f", inner)
        + f"""func.func @main(%x: f64, %dx: f64, %d: {PAIR}) -> {PAIR} {{
      %r = "enzyme.fwddiff"(%x, %dx, %d) {{fn = @g, activity = {spelled(["dup", "const"])},
        ret_activity = {spelled(["dupnoneed"])}}} : (f64, f64, {PAIR}) -> {PAIR}
      return %r : {PAIR} }}"""
    )
    np.testing.assert_allclose(function(1.5, 1.0, [1.0, -2.0]), [9, -18])


def test_a_batch_of_several_directions() -> None:
    function = compiled(
        CUBE
        + along("g", "f", "fwddiff")
        + """func.func @main(%x: tensor<3xf64>, %d: tensor<3x2xf64>) -> tensor<3x2xf64> {
      %r = "enzyme.batch"(%x, %d) {fn = @g, batch_shape = array<i64: 3>}
        : (tensor<3xf64>, tensor<3x2xf64>) -> tensor<3x2xf64>
      return %r : tensor<3x2xf64> }"""
    )
    points, given = np.array([1.0, 2.0, -1.5]), RANDOM.normal(size=(3, 2))
    np.testing.assert_allclose(function(points, given), 3 * points[:, None] ** 2 * given)


def test_another_type_than_the_width_needs_is_refused() -> None:
    text = along("main", "f", "fwddiff").replace("width = 2", "width = 3")
    with pytest.raises(lowering.EnzymeRefusal, match="has to be a tensor<3xf64>, not a tensor<2xf64>") as caught:
        lowering.run(CUBE + text)
    assert caught.value.fault is not None
    assert caught.value.fault.name == "enzyme.fwddiff"
