"""What kills Enzyme, a hundred times over: the caller lives, is told the operation, and goes on."""

from __future__ import annotations

import math
import signal

import numpy as np
import pytest

from enzyme_mlir import HOST, ir, jit, lowering, new_context
from enzyme_mlir.lowering import EnzymeCrash, EnzymeError, EnzymeRefusal, EnzymeTimeout, FailingOperation

pytestmark = pytest.mark.usefixtures("enzyme_installed")

SQUARE = "func.func @square(%x: f64) -> f64 { %y = arith.mulf %x, %x : f64 return %y : f64 }\n"
ARGUMENTS = ("active", "activenoneed")
RESULTS = ("active", "dup", "const", "dupnoneed", "activenoneed", "constnoneed")
COUNTS = {"active": 2, "dup": 2, "activenoneed": 1, "dupnoneed": 1, "const": 1, "constnoneed": 0}
"""Results for each activity, as far as Enzyme comes to look at them."""


def forward(name: str, argument: str, result: str) -> str:
    """A function with a forward derivative under these activities."""
    count = COUNTS[result]
    types = ", ".join(["f64"] * count)
    shown = f"%0:{count} = " if count else ""
    return f"""func.func @{name}(%x: f64, %dx: f64) {{
  {shown}"enzyme.fwddiff"(%x, %dx) {{fn = @square, activity = [#enzyme.activity<enzyme_{argument}>],
    ret_activity = [#enzyme.activity<enzyme_{result}>]}} : (f64, f64) -> ({types})
  return
}}
"""


PAIRS = [(argument, result) for argument in ARGUMENTS for result in RESULTS]
DEADLY = 8
"""How many of the pairs kill Enzyme."""

GOOD = SQUARE + forward("good", "dup", "dupnoneed")


@pytest.fixture(scope="module")
def deadly(enzyme_installed: None) -> list[tuple[str, str]]:
    """The pairs of activities that kill Enzyme, found out by trying."""
    texts = [SQUARE + forward("f", *pair) for pair in PAIRS]
    verdicts = lowering.verdicts(texts)
    return [pair for pair, verdict in zip(PAIRS, verdicts, strict=True) if verdict.signal is not None]


def test_most_pairs_with_an_active_argument_are_deadly(deadly: list[tuple[str, str]]) -> None:
    assert len(deadly) == DEADLY


@pytest.mark.parametrize("position", range(DEADLY))
def test_a_hundred_deaths_each_name_the_operation(position: int, deadly: list[tuple[str, str]]) -> None:
    argument, result = deadly[position]
    with new_context():
        good = ir.Module.parse(GOOD)
        module = ir.Module.parse(SQUARE + forward("fatal", argument, result))
        before = str(module)
        for _ in range(-(-100 // DEADLY)):
            with pytest.raises(EnzymeCrash) as caught:
                lowering.run(module)
            error = caught.value
            assert error.signal in (signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGTRAP)
            assert error.operation is not None
            assert (error.operation.name, error.operation.function) == ("enzyme.fwddiff", "fatal")
            assert error.stage == "enzyme"
        assert str(module) == before
        assert "enzyme." not in str(lowering.run(good))


def test_the_deadly_one_is_found_among_many(deadly: list[tuple[str, str]]) -> None:
    functions = [forward(f"f{index}", "dup", "dupnoneed") for index in range(20)]
    functions.insert(13, forward("fatal", *deadly[0]))
    with pytest.raises(EnzymeCrash) as caught, new_context():
        lowering.run(SQUARE + "".join(functions))
    assert [(operation.index, operation.function) for operation in caught.value.operations] == [(13, "fatal")]


def test_of_two_deadly_ones_one_is_named(deadly: list[tuple[str, str]]) -> None:
    text = SQUARE + forward("one", *deadly[0]) + GOOD.removeprefix(SQUARE) + forward("two", *deadly[-1])
    with pytest.raises(EnzymeCrash) as caught, new_context():
        lowering.run(text)
    assert caught.value.operation is not None
    assert caught.value.operation.function in ("one", "two")


ALONG_AND_TWICE = """
func.func @f(%x: memref<1xf64>) -> f64 {
  %c0 = arith.constant 0 : index %v = memref.load %x[%c0] : memref<1xf64> %r = math.sin %v : f64 return %r : f64
}
func.func @along(%x: memref<1xf64>, %v: memref<1xf64>) -> f64 {
  %0 = "enzyme.fwddiff"(%x, %v) {fn = @f, activity = [#enzyme.activity<enzyme_dup>],
    ret_activity = [#enzyme.activity<enzyme_dupnoneed>]} : (memref<1xf64>, memref<1xf64>) -> f64
  return %0 : f64
}
func.func @twice(%x: memref<1xf64>, %dx: memref<1xf64>, %v: memref<1xf64>, %s: f64) {
  "enzyme.autodiff"(%x, %dx, %v, %s) {fn = @along, activity = [#enzyme.activity<enzyme_dup>,
    #enzyme.activity<enzyme_const>], ret_activity = [#enzyme.activity<enzyme_activenoneed>]}
    : (memref<1xf64>, memref<1xf64>, memref<1xf64>, f64) -> ()
  return
}
"""


def test_a_failure_that_takes_two_operations_names_both() -> None:
    with pytest.raises(EnzymeRefusal) as caught, new_context():
        lowering.run(ALONG_AND_TWICE, prepare=False, unsound="allow")
    found = [(operation.name, operation.function) for operation in caught.value.operations]
    assert found == [("enzyme.fwddiff", "along"), ("enzyme.autodiff", "twice")]
    assert "most likely on enzyme.autodiff in @twice" in str(caught.value)


@pytest.mark.skipif(HOST != "mlir", reason="only the host mlir compiles")
def test_derivatives_that_fail_only_together_are_expanded_one_after_the_other() -> None:
    twice = jit.compile(lowering.run(ALONG_AND_TWICE), "twice")
    shadow = np.array([0.25])
    twice(np.array([0.7]), shadow, np.array([2.0]), 3.0)
    assert shadow[0] == pytest.approx(0.25 - 3.0 * 2.0 * math.sin(0.7), rel=1e-14)


def test_a_refusal_that_no_operation_of_the_dialect_is_to_blame_for() -> None:
    with pytest.raises(EnzymeRefusal) as caught, new_context():
        lowering.run(GOOD, ["canonicalize", "no-such-pass"])
    assert caught.value.operations == ()
    assert caught.value.operation is None
    assert caught.value.stage == "no-such-pass"
    assert "print{" not in str(caught.value)  # what we add to a pipeline is not what the user wrote


def test_a_misspelt_pass_is_told_with_the_one_that_was_meant() -> None:
    with pytest.raises(EnzymeRefusal) as caught, new_context():
        lowering.run(GOOD, "canonicalise")
    assert "'canonicalise' does not refer to a registered pass or pass pipeline\ncanonicalise\n" in str(caught.value)
    assert "did you mean 'canonicalize'? Pipelines with a name are differentiate, regions," in str(caught.value)


def test_an_error_says_all_it_knows(deadly: list[tuple[str, str]]) -> None:
    with pytest.raises(EnzymeError) as caught, new_context():
        lowering.run(SQUARE + forward("fatal", *deadly[0]))
    error = caught.value
    assert isinstance(error.operation, FailingOperation)
    assert error.stderr in str(error)
    assert str(error).splitlines()[0].startswith("Enzyme died of SIG")
    assert error.operation.text.startswith(('%0 = "enzyme.fwddiff"(', '%0:2 = "enzyme.fwddiff"(', '"enzyme.fwddiff"('))
    assert str(error).endswith("in the pass enzyme")


def test_not_looking_is_quicker(deadly: list[tuple[str, str]]) -> None:
    with pytest.raises(EnzymeCrash) as caught, new_context():
        lowering.run(SQUARE + forward("fatal", *deadly[0]), locate=0)
    assert (caught.value.operations, caught.value.stage) == ((), None)


def test_a_hang_is_ended_and_does_not_take_much_longer() -> None:
    slow = GOOD + "".join(f"func.func @g{index}() {{ return }}\n" for index in range(2_000))
    with pytest.raises(EnzymeTimeout) as caught, new_context():
        lowering.run(slow, ["enzyme", *["canonicalize", "cse"] * 2_000], prepare=False, timeout=1.0, locate=2.0)
    assert caught.value.message == "Enzyme did not end within 1 seconds"
