"""`enzyme.gradient`, `value_and_gradient`, `vjp`, `jvp`: the IR they build, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from enzyme_mlir import verify
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.testing import sample

SETUP = """
func.func @loss(%x: f64, %n: i64, %v: tensor<3xf64>) -> f64 { return %x : f64 }
func.func @rank0(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }
func.func @two(%x: f64, %y: f64) -> (f64, i64) { %0 = arith.constant 1 : i64 return %x, %0 : f64, i64 }
func.func @memory(%m: memref<f64>, %x: f64) -> f64 { return %x : f64 }
func.func @none(%x: f64) { return }
func.func @whole(%n: i64) -> f64 { %0 = arith.constant 1.0 : f64 return %0 : f64 }
"""
TYPES = ("f64", "i64", "tensor<3xf64>", "tensor<f32>", "memref<f64>")


def built(module: Any, name: str) -> list[str]:
    """The lines of the operations of that name."""
    return [line.strip() for line in str(module).splitlines() if f'"{name}"' in line]


def activities(line: str) -> tuple[list[str], list[str]]:
    """The activities of the arguments and of the results in an operation's line."""
    found = [part.partition(">")[0] for part in line.split("#enzyme.activity<")[1:]]
    first = line.partition("fn = ")[0].count("#enzyme.activity<")
    return found[:first], found[first:]


def test_by_default_floats_are_differentiated() -> None:
    with sample(*TYPES, setup=SETUP) as (module, x, n, v, _, _m):
        gradient = enzyme.gradient("loss", [x, n, v])
        assert [str(value.type) for value in gradient] == ["f64", "tensor<3xf64>"]
        (line,) = built(module, "enzyme.autodiff")
        assert activities(line) == (["enzyme_active", "enzyme_const", "enzyme_active"], ["enzyme_activenoneed"])
        assert "arith.constant 1.000000e+00 : f64" in str(module)
        assert verify(module) == ()


def test_one_argument_gives_one_derivative() -> None:
    with sample(*TYPES, setup=SETUP) as (module, x, n, v, s, _):
        assert str(enzyme.gradient("loss", [x, n, v], wrt=2).type) == "tensor<3xf64>"
        assert [str(d.type) for d in enzyme.gradient("loss", [x, n, v], wrt=[2, 0])] == ["tensor<3xf64>", "f64"]
        assert str(enzyme.gradient(module.body.operations[1], [s], wrt=0).type) == "tensor<f32>"
        assert "arith.constant dense<1.000000e+00> : tensor<f32>" in str(module)
        assert verify(module) == ()


def test_the_value_comes_with_the_gradient() -> None:
    with sample(*TYPES, setup=SETUP) as (module, x, n, v, *_):
        value, derivative = enzyme.value_and_gradient("loss", [x, n, v], wrt=0, strong_zero=True)
        assert (value.result_number, derivative.result_number) == (0, 1)
        (line,) = built(module, "enzyme.autodiff")
        assert activities(line)[1] == ["enzyme_active"]
        assert "strong_zero = true" in line


def test_memory_takes_its_derivative_in_a_shadow() -> None:
    with sample(*TYPES, setup=SETUP) as (module, x, _n, _v, _s, m):
        enzyme.gradient("memory", [m, x], shadows={0: m})
        (line,) = built(module, "enzyme.autodiff")
        assert activities(line)[0] == ["enzyme_dup", "enzyme_active"]
        assert verify(module) == ()


def test_memory_can_be_constant() -> None:
    with sample(*TYPES, setup=SETUP) as (module, x, _n, _v, _s, m):
        assert [str(value.type) for value in enzyme.gradient("memory", [m, x], shadows={})] == ["f64"]
        assert str(enzyme.gradient("memory", [m, x], wrt=1).type) == "f64"
        assert enzyme.gradient("memory", [m, x], wrt=[]) == []
        for line in built(module, "enzyme.autodiff"):
            assert activities(line)[0][0] == "enzyme_const"


def test_vjp_takes_a_seed_for_each_result() -> None:
    with sample(*TYPES, setup=SETUP) as (module, x, *_):
        found = enzyme.vjp("two", [x, x], [x, None], wrt=[1])
        assert [str(value.type) for value in found.results] == ["f64", "i64"]
        assert [str(value.type) for value in found.derivatives] == ["f64"]
        assert enzyme.vjp("two", [x, x], [x, None], results=False).results == []
        first, second = built(module, "enzyme.autodiff")
        assert activities(first) == (["enzyme_const", "enzyme_active"], ["enzyme_active", "enzyme_const"])
        assert activities(second)[1] == ["enzyme_activenoneed", "enzyme_constnoneed"]


def test_jvp_takes_a_tangent_for_each_argument() -> None:
    with sample(*TYPES, setup=SETUP) as (module, x, *_):
        found = enzyme.jvp("two", [x, x], [x, None])
        assert [str(value.type) for value in found.results] == ["f64", "i64"]
        assert [str(value.type) for value in found.tangents] == ["f64"]
        assert enzyme.jvp("two", [x, x], [x, x], results=False).results == []
        first, second = built(module, "enzyme.fwddiff")
        assert activities(first) == (["enzyme_dup", "enzyme_const"], ["enzyme_dup", "enzyme_const"])
        assert activities(second)[1] == ["enzyme_dupnoneed", "enzyme_constnoneed"]
        assert verify(module) == ()


Build = Callable[[Any, Any, Any, Any, Any], Any]

REFUSED: dict[str, tuple[Build, str]] = {
    "an unknown function": (
        lambda x, *_: enzyme.gradient("lose", [x]),
        "enzyme.gradient: fn is @lose, accepted is a symbol in sight: @loss, @rank0, @two, @memory, @none, @whole, "
        "@sample; did you mean '@loss'?",
    ),
    "too few arguments": (
        lambda x, *_: enzyme.gradient("loss", [x]),
        "enzyme.gradient: inputs is 1 value, accepted is 3, one for each argument of the function",
    ),
    "an argument that is not there": (
        lambda x, n, v, *_: enzyme.gradient("loss", [x, n, v], wrt=3),
        "enzyme.gradient: wrt is 3, accepted is the index of an argument, 0 to 2",
    ),
    "an argument twice": (
        lambda x, n, v, *_: enzyme.gradient("loss", [x, n, v], wrt=[0, 0]),
        "enzyme.gradient: wrt is [0, 0], accepted is every argument once",
    ),
    "memory in wrt": (
        lambda x, n, v, s, m: enzyme.gradient("memory", [m, x], wrt=0),
        "enzyme.gradient: wrt is 0, accepted is an argument that is a float, or a tensor of floats: argument 0 is of "
        "type memref<f64>; memory takes its derivative in a shadow (shadows={0: ...})",
    ),
    "memory without a shadow": (
        lambda x, n, v, s, m: enzyme.gradient("memory", [m, x]),
        "enzyme.gradient: shadows is None, accepted is memory for argument 0 (memref<f64>), into which its derivative "
        "is added: shadows={0: ...}; shadows={} makes memory constant, wrt names other arguments",
    ),
    "memory without a shadow, and seeds": (
        lambda x, n, v, s, m: enzyme.vjp("memory", [m, x], [x]),
        "enzyme.vjp: shadows is None, accepted is memory for argument 0 (memref<f64>), into which its derivative "
        "is added: shadows={0: ...}; shadows={} makes memory constant, wrt names other arguments",
    ),
    "nothing to differentiate by": (
        lambda x, n, v, s, m: enzyme.gradient("whole", [n]),
        "enzyme.gradient: fn is a function with the arguments (i64), accepted is one with a float, or a tensor "
        "of floats",
    ),
    "a shadow for no argument": (
        lambda x, n, v, s, m: enzyme.gradient("memory", [m, x], shadows={2: m}),
        "enzyme.gradient: shadows has the key 2, accepted is the index of an argument",
    ),
    "no scalar result": (
        lambda x, *_: enzyme.gradient("none", [x]),
        "enzyme.gradient: fn is a function with the results (none), accepted is one with one float, or one tensor of "
        "rank 0 of floats; vjp takes seeds for others",
    ),
    "several results": (
        lambda x, *_: enzyme.value_and_gradient("two", [x, x]),
        "enzyme.value_and_gradient: fn is a function with the results (f64, i64), accepted is one with one float, or "
        "one tensor of rank 0 of floats; vjp takes seeds for others",
    ),
    "a shadow of another type": (
        lambda x, n, v, s, m: enzyme.gradient("memory", [m, x], shadows={0: x}),
        "enzyme.autodiff: inputs[1] is of type f64, accepted is the shadow of argument 0 (memref<f64>)",
    ),
    "too few seeds": (
        lambda x, *_: enzyme.vjp("two", [x, x], [x]),
        "enzyme.vjp: seeds is 1 value, accepted is 2, one for each result of the function",
    ),
    "a seed of another type": (
        lambda x, n, *_: enzyme.vjp("two", [x, x], [n, None]),
        "enzyme.autodiff: inputs[2] is of type i64, accepted is the seed of result 0 (f64)",
    ),
    "too many tangents": (
        lambda x, *_: enzyme.jvp("two", [x, x], [x, x, x]),
        "enzyme.jvp: tangents is 3 values, accepted is 2, one for each argument of the function",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_differentiated_is_explained(case: str) -> None:
    build, message = REFUSED[case]
    with sample(*TYPES, setup=SETUP) as (module, *values):
        before = str(module)
        with pytest.raises(ValueError) as caught:
            build(*values)
        assert str(caught.value) == message
        assert str(module) == before


def test_a_function_of_another_kind_is_refused() -> None:
    with sample("f64", setup=SETUP) as (_, x), pytest.raises(TypeError, match=r"enzyme\.gradient: fn is 3"):
        enzyme.gradient(3, [x])  # type: ignore[call-overload]
