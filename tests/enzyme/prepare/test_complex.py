"""Derivatives of functions of complex numbers, which are pairs of floats.

A tangent is what a complex value changes by. A seed, and the derivative by a complex argument, is the derivative by the
real part plus i times that by the imaginary part. For an analytic f that is f'(z) dz forward, conj(f'(z)) s in reverse.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from enzyme_mlir import jit, lowering

from .complex_cases import FLOWS, OPERATIONS, PLAIN, Analytic, K, Plain, Z

pytestmark = pytest.mark.usefixtures("enzyme_installed")
TANGENTS = (1.3 - 0.2j, 0.4 + 0.9j)
SEED = -0.6 + 0.8j


def compiled(text: str) -> jit.Function:
    """`@main` of a module that has been through Enzyme."""
    return jit.compile(str(lowering.run(text)), "main")


def spelled(*words: str) -> str:
    """Activities as MLIR writes them."""
    return f"[{', '.join(f'#enzyme.activity<enzyme_{word}>' for word in words)}]"


def forward(takes: tuple[str, ...], gives: str) -> str:
    """`@main`: the value of `@f` and what it changes by."""
    names = [f"%a{position}, %d{position}" for position in range(len(takes))]
    pairs = ", ".join(f"{kind}, {kind}" for kind in takes)
    given = ", ".join(f"%a{position}: {kind}, %d{position}: {kind}" for position, kind in enumerate(takes))
    return f"""func.func @main({given}) -> ({gives}, {gives}) {{
      %r:2 = "enzyme.fwddiff"({", ".join(names)}) {{fn = @f, activity = {spelled(*["dup"] * len(takes))},
        ret_activity = {spelled("dup")}}} : ({pairs}) -> ({gives}, {gives})
      return %r#0, %r#1 : {gives}, {gives} }}
    """


def reverse(takes: tuple[str, ...], gives: str) -> str:
    """`@main`: the value of `@f` and its derivatives for a seed."""
    names = ", ".join(f"%a{position}" for position in range(len(takes)))
    given = ", ".join(f"%a{position}: {kind}" for position, kind in enumerate(takes))
    count = len(takes) + 1
    results = ", ".join((gives, *takes))
    return f"""func.func @main({given}, %s: {gives}) -> ({results}) {{
      %r:{count} = "enzyme.autodiff"({names}, %s) {{fn = @f, activity = {spelled(*["active"] * len(takes))},
        ret_activity = {spelled("active")}}} : ({", ".join(takes)}, {gives}) -> ({results})
      return {", ".join(f"%r#{position}" for position in range(count))} : {results} }}
    """


def check_analytic(case: Analytic) -> None:
    """Both modes at all points of a function."""
    kinds = (case.kind,) * case.arity
    ahead = compiled(case.text + forward(kinds, case.kind))
    back = compiled(case.text + reverse(kinds, case.kind))
    for point in case.points:
        tangents = TANGENTS[: case.arity]
        slopes = np.array(case.slopes(*point))
        value, change = ahead(*(part for pair in zip(point, tangents, strict=True) for part in pair))
        again, *derivatives = back(*point, SEED)
        exact = case.value(*point)
        for found in (value, again):
            np.testing.assert_allclose(found, exact, rtol=case.tolerance, err_msg=str(point))
        expected = slopes @ np.array(tangents)
        scale = np.max(np.abs(slopes))
        np.testing.assert_allclose(change / scale, expected / scale, atol=case.tolerance, err_msg=str(point))
        found = np.array(derivatives) / scale
        np.testing.assert_allclose(found, np.conj(slopes) * SEED / scale, atol=case.tolerance, err_msg=str(point))


@pytest.mark.parametrize("case", OPERATIONS, ids=lambda case: case.name)
def test_analytic_operations(case: Analytic) -> None:
    check_analytic(case)


@pytest.mark.parametrize("case", FLOWS, ids=lambda case: case.name)
def test_control_flow_and_memory(case: Analytic) -> None:
    check_analytic(case)


def flat(values: Any) -> Any:
    """Complex numbers as pairs of floats."""
    return np.array(
        [part for value in values for part in ((value.real, value.imag) if np.iscomplexobj(value) else (value,))]
    )


@pytest.mark.parametrize("case", PLAIN, ids=lambda case: case.name)
def test_functions_of_the_plane(case: Plain) -> None:
    ahead = compiled(case.text + forward(case.takes, case.gives))
    back = compiled(case.text + reverse(case.takes, case.gives))
    seed = SEED if "complex" in case.gives else SEED.real
    for point in case.points:
        tangents = [
            tangent if "complex" in kind else tangent.real for tangent, kind in zip(TANGENTS, case.takes, strict=False)
        ]
        jacobian = np.array(case.jacobian(*point))
        scale = np.max(np.abs(jacobian))
        _, change = ahead(*(part for pair in zip(point, tangents, strict=True) for part in pair))
        np.testing.assert_allclose(flat([change]) / scale, jacobian @ flat(tangents) / scale, atol=1e-13)
        _, *derivatives = back(*point, seed)
        np.testing.assert_allclose(flat(derivatives) / scale, jacobian.T @ flat([seed]) / scale, atol=1e-13)


ROTATE = f"""func.func @f(%m: memref<3x{Z}>, %n: memref<3x{Z}>) {{
  %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %c3 = arith.constant 3 : index
  scf.for %i = %c0 to %c3 step %c1 {{
    %x = memref.load %m[%i] : memref<3x{Z}> %y = complex.mul %x, %x : {Z} memref.store %y, %n[%i] : memref<3x{Z}> }}
  return }}
"""
HERE = np.array([1 + 2j, -0.5j, 0.25 + 0j])


def test_memory_forward() -> None:
    kind = f"memref<3x{Z}>"
    function = compiled(
        ROTATE
        + f"""func.func @main(%m: {kind}, %dm: {kind}, %n: {kind}, %dn: {kind}) {{
      "enzyme.fwddiff"(%m, %dm, %n, %dn) {{fn = @f, activity = {spelled("dup", "dup")}, ret_activity = []}}
        : ({kind}, {kind}, {kind}, {kind}) -> ()
      return }}"""
    )
    tangents = np.array([1j, 2 + 0j, 1 - 1j])
    values, changes = np.zeros(3, complex), np.zeros(3, complex)
    function(HERE.copy(), tangents, values, changes)
    np.testing.assert_allclose(values, HERE**2)
    np.testing.assert_allclose(changes, 2 * HERE * tangents)


def test_memory_reverse_adds_to_shadows() -> None:
    kind = f"memref<3x{Z}>"
    function = compiled(
        ROTATE
        + f"""func.func @main(%m: {kind}, %dm: {kind}, %n: {kind}, %dn: {kind}) {{
      "enzyme.autodiff"(%m, %dm, %n, %dn) {{fn = @f, activity = {spelled("dup", "dup")}, ret_activity = []}}
        : ({kind}, {kind}, {kind}, {kind}) -> ()
      return }}"""
    )
    shadow, values = np.full(3, 10 + 0j), np.zeros(3, complex)
    seeds = np.array([1 + 0j, 1j, 2 - 1j])
    function(HERE.copy(), shadow, values, seeds)
    np.testing.assert_allclose(values, HERE**2)
    np.testing.assert_allclose(shadow, 10 + np.conj(2 * HERE) * np.array([1, 1j, 2 - 1j]))


def test_tensors() -> None:
    """A discrete Fourier transform is linear: forward it is itself, in reverse its adjoint."""
    count = 4
    matrix = np.exp(-2j * np.pi * np.outer(range(count), range(count)) / count)
    shown = ", ".join(f"[{', '.join(f'({each.real!r}, {each.imag!r})' for each in row.tolist())}]" for row in matrix)
    kind = f"tensor<{count}x{Z}>"
    text = f"""func.func @f(%x: {kind}) -> {kind} {{
      %zero = complex.constant [0.0, 0.0] : {Z} %e = tensor.empty() : {kind}
      %o = linalg.fill ins(%zero : {Z}) outs(%e : {kind}) -> {kind}
      %m = arith.constant dense<[{shown}]> : tensor<{count}x{count}x{Z}>
      %r = linalg.matvec ins(%m, %x : tensor<{count}x{count}x{Z}>, {kind}) outs(%o : {kind}) -> {kind}
      return %r : {kind} }}
    """
    here, tangent = np.array([1, 2j, -1, 0.5 - 1j]), np.array([1j, 1, 0, 2 + 1j])
    value, change = compiled(text + forward((kind,), kind))(here, tangent)
    np.testing.assert_allclose(value, np.fft.fft(here), atol=1e-14)
    np.testing.assert_allclose(change, np.fft.fft(tangent), atol=1e-14)
    _, derivative = compiled(text + reverse((kind,), kind))(here, tangent)
    np.testing.assert_allclose(derivative, matrix.conj().T @ tangent, atol=1e-14)


CUBE = (
    f"func.func @f(%z: {Z}) -> {Z} {{ %a = complex.mul %z, %z : {Z} %r = complex.mul %a, %z : {Z} return %r : {Z} }}\n"
)


def test_a_second_derivative() -> None:
    function = compiled(
        CUBE
        + f"""func.func @g(%z: {Z}) -> {Z} {{ %one = complex.constant [1.0, 0.0] : {Z}
      %r = "enzyme.fwddiff"(%z, %one) {{fn = @f, activity = {spelled("dup")},
        ret_activity = {spelled("dupnoneed")}}} : ({Z}, {Z}) -> {Z} return %r : {Z} }}
    func.func @main(%z: {Z}, %s: {Z}) -> {Z} {{
      %r = "enzyme.autodiff"(%z, %s) {{fn = @g, activity = {spelled("active")},
        ret_activity = {spelled("activenoneed")}}} : ({Z}, {Z}) -> {Z} return %r : {Z} }}"""
    )
    np.testing.assert_allclose(function(K, SEED), np.conj(6 * K) * SEED)


def test_several_directions_and_a_batch() -> None:
    two, three = f"tensor<2x{Z}>", f"tensor<3x{Z}>"
    function = compiled(
        CUBE
        + f"""func.func @g(%z: {Z}, %d: {two}) -> {two} {{
      %r = "enzyme.fwddiff"(%z, %d) {{fn = @f, width = 2 : i64, activity = {spelled("dup")},
        ret_activity = {spelled("dupnoneed")}}} : ({Z}, {two}) -> {two} return %r : {two} }}
    func.func @main(%z: {three}, %d: tensor<3x2x{Z}>) -> tensor<3x2x{Z}> {{
      %r = "enzyme.batch"(%z, %d) {{fn = @g, batch_shape = array<i64: 3>}}
        : ({three}, tensor<3x2x{Z}>) -> tensor<3x2x{Z}> return %r : tensor<3x2x{Z}> }}"""
    )
    directions = np.array([[1, 1j], [2, -1], [0, 3 + 1j]], complex)
    np.testing.assert_allclose(function(HERE, directions), 3 * HERE[:, None] ** 2 * directions)


def test_nothing_of_the_parts_is_left() -> None:
    text = str(lowering.run(CUBE + forward((Z,), Z)))
    assert "func.func private @f.parts" not in text
    assert "func.func @f(%arg0: complex<f64>) -> complex<f64>" in text


REFUSED = {
    "bits": (
        f"""func.func @f(%z: {Z}) -> {Z} {{ %b = complex.bitcast %z : {Z} to i128
          %r = complex.bitcast %b : i128 to {Z} return %r : {Z} }}\n""",
        "complex.bitcast on complex numbers cannot be differentiated",
        "complex.bitcast",
    ),
    "a function that is only declared": (
        f"""func.func private @h({Z}) -> {Z}
        func.func @f(%z: {Z}) -> {Z} {{ %r = func.call @h(%z) : ({Z}) -> {Z} return %r : {Z} }}\n""",
        "@h takes complex numbers and is only declared",
        "func.func",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_is_refused_by_name(name: str) -> None:
    text, sentence, operation = REFUSED[name]
    with pytest.raises(lowering.EnzymeRefusal, match=sentence) as caught:
        lowering.run(text + forward((Z,), Z))
    assert caught.value.fault is not None
    assert caught.value.fault.name == operation


def test_the_same_memory_twice_is_refused() -> None:
    kind = f"memref<3x{Z}>"
    text = f"""func.func @main(%m: {kind}, %dm: {kind}) {{
      "enzyme.autodiff"(%m, %dm, %m, %dm) {{fn = @f, activity = {spelled("dup", "dup")}, ret_activity = []}}
        : ({kind}, {kind}, {kind}, {kind}) -> ()
      return }}"""
    with pytest.raises(lowering.EnzymeRefusal, match="is given the same memory of complex numbers twice"):
        lowering.run(ROTATE + text)
