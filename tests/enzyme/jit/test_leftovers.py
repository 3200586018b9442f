"""What Enzyme leaves behind is expanded where MLIR has an equal, and refused by name where it has none."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")

from enzyme_mlir import jit
from enzyme_mlir.jit import JitError

HEAD = "%c0 = arith.constant 0 : index %c1 = arith.constant 1 : index"


def test_zeros_and_copies_for_each_direction() -> None:
    text = """func.func @main(%m: memref<2x?xf64>, %x: f64, %t: tensor<?xf64>) -> (tensor<3xf64>, tensor<2x?xf64>) {
      "enzyme.fill_zero"(%m) : (memref<2x?xf64>) -> ()
      %0 = "enzyme.broadcast"(%x) {shape = array<i64: 3>} : (f64) -> tensor<3xf64>
      %1 = "enzyme.broadcast"(%t) {shape = array<i64: 2>} : (tensor<?xf64>) -> tensor<2x?xf64>
      return %0, %1 : tensor<3xf64>, tensor<2x?xf64> }"""
    memory = np.ones((2, 3))
    three, two = jit.compile(text)(memory, 1.5, [1.0, 2.0])
    assert memory.tolist() == [[0.0] * 3] * 2
    assert three.tolist() == [1.5] * 3
    assert two.tolist() == [[1.0, 2.0]] * 2


KINDS = {
    ("f64", "addf"): (2.5, 1.5, 4.0),
    ("f64", "mulf"): (2.5, 1.5, 3.75),
    ("f32", "addf"): (2.5, 1.5, 4.0),
    ("bf16", "addf"): (2.5, 1.5, 4.0),
    ("f64", "assign"): (2.5, 1.5, 1.5),
    ("f64", "maximumf"): (2.5, 1.5, 2.5),
    ("f64", "minnumf"): (2.5, 1.5, 1.5),
    ("complex<f64>", "addf"): (1 + 2j, 3j, 1 + 5j),
    ("i32", "addi"): (3, -5, -2),
    ("i8", "maxu"): (3, -5, -5),
    ("index", "muli"): (3, -5, -15),
    ("i1", "ori"): (False, True, True),
}


def kind_number(name: str) -> int:
    """The number of a kind, as MLIR prints it."""
    from mlir.dialects import arith

    return int(arith.AtomicRMWKind[name])


@pytest.mark.parametrize(("type_", "kind"), KINDS, ids=" ".join)
@pytest.mark.parametrize("passes", [None, "own"])
def test_updates(type_: str, kind: str, passes: str | None) -> None:
    from enzyme_mlir.jit.passes import TO_LLVM

    before, value, after = KINDS[type_, kind]
    text = f"""func.func @main(%m: memref<3x{type_}>, %x: {type_}, %i: index) -> ({type_}, {type_}) {{
      %0 = "enzyme.atomic_rmw"(%x, %m, %i) {{kind = {kind_number(kind)}, ordering = 2}}
        : ({type_}, memref<3x{type_}>, index) -> {type_}
      %1 = "enzyme.affine_atomic_rmw"(%x, %m, %i) {{kind = {kind_number(kind)}, ordering = 2,
        map = affine_map<(d0) -> (d0 + 1)>}} : ({type_}, memref<3x{type_}>, index) -> {type_}
      return %0, %1 : {type_}, {type_} }}"""
    if passes and (type_ in ("index", "complex<f64>") or kind.startswith("mul")):  # LLVM has no such atomic update
        with pytest.raises(JitError, match=r"memref\.atomic_rmw|unrealized_conversion_cast"):
            jit.compile(text, passes=TO_LLVM)
        return
    function = jit.compile(text, passes=TO_LLVM if passes else None)
    array = np.full(3, before).astype(function.parameters[0].element.dtype)  # type: ignore[union-attr]
    assert function(array, value, 0) == (before, before)
    assert array.tolist() == [after, after, before]


def test_updates_without_meaning() -> None:
    text = f"""func.func @main(%m: memref<3xi32>, %x: i32) {{ {HEAD}
      %0 = "enzyme.atomic_rmw"(%x, %m, %c0) {{kind = {kind_number("addf")}, ordering = 2}}
        : (i32, memref<3xi32>, index) -> i32
      return }}"""
    with pytest.raises(
        JitError, match=r"^enzyme\.atomic_rmw addf in @main has no meaning for elements of the type i32$"
    ):
        jit.compile(text)


def test_loads_and_stores() -> None:
    text = f"""func.func @main(%m: memref<2x3xf64>, %x: f64) -> f64 {{ {HEAD}
      "enzyme.store"(%x, %m, %c1, %c0) {{operandSegmentSizes = array<i32: 1, 1, 2, 0>, static_sizes = array<i64>}}
        : (f64, memref<2x3xf64>, index, index) -> ()
      %0 = "enzyme.load"(%m, %c0, %c1) {{operandSegmentSizes = array<i32: 1, 2, 0>, static_sizes = array<i64>}}
        : (memref<2x3xf64>, index, index) -> f64
      return %0 : f64 }}"""
    array = np.arange(6.0).reshape(2, 3)
    assert jit.compile(text)(array, 9.0) == 1.0
    assert array.tolist() == [[0, 1, 2], [9, 4, 5]]
    with pytest.raises(JitError, match=r"^enzyme\.load in @main with sizes is left$"):
        jit.compile(
            text.replace("<i32: 1, 2, 0>, static_sizes = array<i64>", "<i32: 1, 2, 0>, static_sizes = array<i64: 2>")
        )


def test_a_number_is_printed() -> None:
    program = """
from enzyme_mlir import jit
f = jit.compile('''func.func @main(%x: f64, %n: i32) -> f64 {
  %0 = "enzyme.dump"(%x) {label = "x"} : (f64) -> f64
  %1 = "enzyme.dump"(%n) {label = "turns"} : (i32) -> i32 return %0 : f64 }''')
assert f(1.5, 3) == 1.5
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines() == ["x: 1.5", "turns: 3"], done.stderr
    with pytest.raises(JitError, match=r"^enzyme\.dump in @main prints tensor<2xf64>; only numbers can be printed$"):
        jit.compile("""func.func @main(%x: tensor<2xf64>) -> tensor<2xf64> {
          %0 = "enzyme.dump"(%x) {label = "x"} : (tensor<2xf64>) -> tensor<2xf64> return %0 : tensor<2xf64> }""")


def test_what_has_no_equal_is_named() -> None:
    """The module may well have come from Enzyme: there is nothing to be run again."""
    text = """func.func @f(%x: f64) -> f64 { %c = "enzyme.init"() : () -> !enzyme.Cache<f64>
      "enzyme.push"(%c, %x) : (!enzyme.Cache<f64>, f64) -> () return %x : f64 }"""
    with pytest.raises(
        JitError, match=r"^enzyme\.init is left in @f; only modules without Enzyme's operations can be compiled$"
    ):
        jit.compile(text, "f")
