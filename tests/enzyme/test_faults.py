"""A failure names the operation of the caller's function: its name, the function, where the caller has it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from enzyme_mlir import lowering
from enzyme_mlir.lowering import EnzymeCrash, EnzymeError, EnzymeRefusal, IncompleteExpansion

pytestmark = pytest.mark.usefixtures("enzyme_installed")

HERE = 'loc("model.py":7:3)'
MEMORY = "memref<4xf64>"


def asked(op: str, fn: str = "f", name: str = "main") -> str:
    """A function with the derivative of a function from a float to a float."""
    activity, ret = ("active", "activenoneed") if op == "autodiff" else ("dup", "dupnoneed")
    return f"""func.func @{name}(%x: f64) -> f64 {{
  %one = arith.constant 1.0 : f64
  %0 = "enzyme.{op}"(%x, %one) {{fn = @{fn}, activity = [#enzyme.activity<enzyme_{activity}>],
    ret_activity = [#enzyme.activity<enzyme_{ret}>]}} : (f64, f64) -> f64
  return %0 : f64
}}
"""


def function(body: str, name: str = "f") -> str:
    """A function from a float to a float, with a body that ends in `%y`."""
    return f"func.func @{name}(%x: f64) -> f64 {{ {body} return %y : f64 }}\n"


SHOWN = f"vector.print %x : f64 {HERE} %y = arith.mulf %x, %x : f64"
RECURSIVE = f"""func.func @g(%x: f64, %n: i64) -> f64 {{
  %zero = arith.constant 0 : i64 %one = arith.constant 1 : i64 %c = arith.cmpi eq, %n, %zero : i64
  %y = scf.if %c -> (f64) {{ scf.yield %x : f64 }} else {{
    %m = arith.subi %n, %one : i64 vector.print %x : f64 {HERE}
    %r = func.call @g(%x, %m) : (f64, i64) -> f64 scf.yield %r : f64 }}
  return %y : f64 }}
"""
LOOP = f"""%c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %n = arith.constant 3 : index
  %y = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (f64) {{
    vector.print %a : f64 {HERE} %s = math.sin %a : f64 scf.yield %s : f64 }}"""
LOADED = f"""%c0 = arith.constant 0 : index %m = memref.alloc() : {MEMORY} memref.store %x, %m[%c0] : {MEMORY}
  %v = vector.load %m[%c0] : {MEMORY}, vector<2xf64> {HERE} %y = vector.extract %v[0] : f64 from vector<2xf64>"""
SPREAD = f"""%v = vector.broadcast %x : f64 to vector<2xf64> {HERE} %w = arith.mulf %v, %v : vector<2xf64>
  %y = vector.extract %w[0] : f64 from vector<2xf64>"""
NARROW = f"%t = arith.truncf %x : f64 to f8E4M3FN {HERE} %y = arith.extf %t : f8E4M3FN to f64"
GROWN = f"""%c0 = arith.constant 0 : index %m = memref.alloc() : memref<1xf64> memref.store %x, %m[%c0] : memref<1xf64>
  %n = memref.realloc %m : memref<1xf64> to memref<2xf64> {HERE} %y = memref.load %n[%c0] : memref<2xf64>"""
OTHERS = f"""%t, %v = async.execute -> !async.value<f64> {{ %s = math.sin %x : f64 async.yield %s : f64 }} {HERE}
  %y = async.await %v : !async.value<f64>"""
BITS = f"""%h = arith.truncf %x : f64 to f32 %z = complex.create %h, %h : complex<f32>
  %b = complex.bitcast %z : complex<f32> to i64 {HERE} %y = arith.bitcast %b : i64 to f64"""


@dataclass(frozen=True, slots=True)
class Case:
    """A module that fails, and what is to blame."""

    name: str
    text: str
    kind: type[EnzymeError]
    operation: str
    function: str = "f"


CASES = (
    Case("loads of vectors, forward", function(LOADED) + asked("fwddiff"), EnzymeCrash, "vector.load"),
    Case("vectors, reverse", function(SPREAD) + asked("autodiff"), EnzymeCrash, "vector.broadcast"),
    Case("floats of eight bits", function(NARROW) + asked("fwddiff"), EnzymeCrash, "arith.truncf"),
    Case("tasks", function(OTHERS) + asked("autodiff"), EnzymeCrash, "async.execute"),
    Case("an operation without derivative", function(SHOWN) + asked("autodiff"), EnzymeRefusal, "vector.print"),
    Case("in a loop", function(LOOP) + asked("autodiff"), EnzymeRefusal, "vector.print"),
    Case("memory that grows", function(GROWN) + asked("autodiff"), EnzymeRefusal, "memref.realloc"),
    Case(
        "in a function that is called",
        function(SHOWN, "g") + function("%y = func.call @g(%x) : (f64) -> f64") + asked("autodiff"),
        EnzymeRefusal,
        "vector.print",
        "g",
    ),
    Case(
        "in a function that calls itself",
        RECURSIVE
        + function("%n = arith.constant 3 : i64 %y = func.call @g(%x, %n) : (f64, i64) -> f64")
        + asked("autodiff"),
        EnzymeRefusal,
        "vector.print",
        "g",
    ),
    Case(
        "in a derivative of a derivative",
        function(SHOWN, "g") + asked("fwddiff", "g", "f") + asked("autodiff"),
        EnzymeRefusal,
        "vector.print",
        "g",
    ),
    Case(
        "a function that is only declared",
        "func.func private @g(f64) -> f64\n"
        + function(f"%y = func.call @g(%x) : (f64) -> f64 {HERE}")
        + asked("fwddiff"),
        EnzymeRefusal,
        "func.call",
    ),
    Case("bits of complex numbers", function(BITS) + asked("autodiff"), EnzymeRefusal, "complex.bitcast"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_operation_is_named(case: Case) -> None:
    with pytest.raises(EnzymeError) as caught:
        lowering.run(case.text)
    error = caught.value
    assert type(error) is case.kind
    assert error.fault is not None
    assert (error.fault.name, error.fault.function, error.fault.location) == (case.operation, case.function, HERE)
    assert f"because of {case.operation} in @{case.function} at {HERE}: " in str(error)
    assert case.operation in error.fault.text


def test_the_operation_around_it_is_named_too() -> None:
    with pytest.raises(EnzymeCrash) as caught:
        lowering.run(function(LOADED) + asked("fwddiff"))
    assert caught.value.operation is not None
    assert (caught.value.operation.name, caught.value.operation.function) == ("enzyme.fwddiff", "main")
    assert caught.value.stage == "enzyme"


def test_one_of_many_operations_is_named() -> None:
    usual = " ".join(f"%s{number} = math.sin %x : f64" for number in range(40))
    with pytest.raises(EnzymeCrash) as caught:
        lowering.run(function(f"{usual} {SPREAD}") + asked("autodiff"))
    assert caught.value.fault is not None
    assert (caught.value.fault.name, caught.value.fault.location) == ("vector.broadcast", HERE)


def test_without_looking_a_refusal_names_it_and_a_crash_does_not() -> None:
    with pytest.raises(EnzymeRefusal) as refused:
        lowering.run(function(SHOWN) + asked("autodiff"), locate=0)
    assert refused.value.fault is not None
    assert (refused.value.fault.name, refused.value.fault.location) == ("vector.print", HERE)
    with pytest.raises(EnzymeCrash) as died:
        lowering.run(function(SPREAD) + asked("autodiff"), locate=0)
    assert died.value.fault is None


LOOPED = function(
    """%c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %n = arith.constant 3 : index
  %y = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (f64) { %s = math.sin %a : f64 scf.yield %s : f64 }"""
) + asked("autodiff")


def test_what_is_left_over_is_an_error_of_run() -> None:
    with pytest.raises(IncompleteExpansion) as caught:
        lowering.run(LOOPED, ["enzyme", "canonicalize"])
    assert str(caught.value).startswith("Enzyme left enzyme.init behind, which no pass of the pipeline takes away")


def test_what_is_left_over_stays_where_the_module_goes_to_enzyme_as_it_is() -> None:
    assert "enzyme.init" in str(lowering.run(LOOPED, ["enzyme", "canonicalize"], prepare=False))


def test_nothing_is_left_over_of_the_default_pipeline_and_of_expand() -> None:
    for pipeline in ("differentiate", "expand"):
        assert "enzyme." not in str(lowering.run(LOOPED, pipeline))
