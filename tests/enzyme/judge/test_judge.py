"""The judge's verdict on 150 random programs; and the judge itself: does it know what is right and find what is not?"""

from __future__ import annotations

import math
import os
import pickle
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from enzyme_mlir import HOST, jit
from tests.forks import in_fork

from .bases import jet_base
from .calling import Guarded, Overrun, call
from .judging import Settings, judge
from .modes import Forward, Mode, Primal, Reverse, signature
from .programs import Case, draw, expected, random_case
from .reference import Local, evaluate
from .running import Make, Verdict, run_cases
from .shrinking import cost, shrink
from .syntax import Domain, Function, Program, Region, Shaped, Value, op, walk
from .table import as_data, render
from .verdicts import KINDS, Outcome, plain_reason

pytestmark = [
    pytest.mark.usefixtures("enzyme_installed"),
    pytest.mark.skipif(HOST != "mlir", reason="only the host mlir compiles"),
]

PROGRAMS = 150
RIGHT = 0.9
"""The share of programs whose derivatives have to be right; the others may be refused."""

X, Y = Value("x1", "f64"), Value("x2", "f64")
M = Value("x3", Shaped("memref", (3,), "f64"))


def value(name: str, type_: str = "f64") -> Value:
    return Value(name, type_)


def program(arguments: Sequence[Value], body: Sequence[object], returns: Sequence[Value]) -> Program:
    block = Region(tuple(arguments), tuple(body), tuple(returns))  # type: ignore[arg-type]
    return Program((Function("f", block),), tuple(Domain() for _ in arguments))


def x_squared_sin_y() -> Program:
    """x^2 sin y."""
    square, sine, result = value("a"), value("b"), value("c")
    body = (
        op("arith.mulf", (X, X), (square,)),
        op("math.sin", (Y,), (sine,)),
        op("arith.mulf", (square, sine), (result,)),
    )
    return program((X, Y), body, (result,))


def product_in_memory() -> Program:
    """m[0] = m[0] m[1] x, and m[2] = 0; the result is m[0] as it is then."""
    c = [Value(f"c{i}", "index") for i in range(3)]
    zero, first, second, product, scaled = map(value, ("z", "a", "b", "p", "s"))
    body = (
        *(op("constant", (), (index,), value=i) for i, index in enumerate(c)),
        op("constant", (), (zero,), value=0.0),
        op("memref.load", (M, c[0]), (first,)),
        op("memref.load", (M, c[1]), (second,)),
        op("arith.mulf", (first, second), (product,)),
        op("arith.mulf", (product, X), (scaled,)),
        op("memref.store", (scaled, M, c[0])),
        op("memref.store", (zero, M, c[2])),
    )
    return program((X, M), body, (scaled,))


def power() -> Program:
    """x^4, by squaring twice in a loop that counts from 1 to 4 in steps of 2."""
    bounds = [Value(f"c{i}", "index") for i in (1, 4, 2)]
    position, carried, square, result = Value("i", "index"), value("a"), value("s"), value("r")
    region = Region((position, carried), (op("arith.mulf", (carried, carried), (square,)),), (square,))
    body = (
        *(op("constant", (), (bound,), value=int(bound.name[1:])) for bound in bounds),
        op("scf.for", (*bounds, X), (result,), (region,)),
    )
    return program((X,), body, (result,))


def at(mode: Mode, what: Program, *arguments: object) -> Local:
    """The reference for a mode."""
    return evaluate(mode, what, arguments, 0, jet_base(what))


REVERSE = Reverse(Primal(), ("active", "active"), ("active",))
FORWARD = Forward(Primal(), ("dup", "dup"), ("dup",))
x, y, s, t, u = 1.5, 0.7, 2.5, -0.5, 3.0
F, FX, FY = x * x * math.sin(y), 2 * x * math.sin(y), x * x * math.cos(y)
FXX, FXY, FYY = 2 * math.sin(y), 2 * x * math.cos(y), -x * x * math.sin(y)


def test_the_reference_of_reverse_and_forward_mode_is_the_derivative_by_hand() -> None:
    what = x_squared_sin_y()
    assert at(REVERSE, what, x, y, s).values == pytest.approx([F, s * FX, s * FY])
    assert at(FORWARD, what, x, s, y, t).values == pytest.approx([F, s * FX + t * FY])


def test_the_reference_of_derivatives_of_derivatives_is_the_one_by_hand() -> None:
    what = x_squared_sin_y()
    over = Forward(replace(FORWARD, returns=("dupnoneed",)), ("dup",) * 4, ("dupnoneed",))
    found = at(over, what, x, 1.0, s, 0.0, y, 0.0, t, 0.0)  # by x, of the derivative along (s, t)
    assert found.values == pytest.approx([s * FXX + t * FXY])
    inner = Reverse(Primal(), ("active", "active"), ("activenoneed",))
    found = at(Forward(inner, ("dup",) * 3, ("dupnoneed",) * 2), what, x, t, y, u, s, 1.0)
    assert found.values == pytest.approx([s * (t * FXX + u * FXY) + FX, s * (t * FXY + u * FYY) + FY])
    found = at(Reverse(inner, ("active",) * 3, ("activenoneed",) * 2), what, x, y, s, t, u)
    assert found.values == pytest.approx([s * (t * FXX + u * FXY), s * (t * FXY + u * FYY), t * FX + u * FY])
    along = Forward(Primal(), ("dup", "const"), ("dupnoneed",))
    found = at(Reverse(along, ("active", "active", "const"), ("activenoneed",)), what, x, s, y, t)
    assert found.values == pytest.approx([t * s * FXX, t * FX])


def test_the_reference_of_several_directions_is_that_of_each() -> None:
    what = x_squared_sin_y()
    found = at(replace(FORWARD, width=2), what, x, np.array([1.0, 0.0]), y, np.array([0.0, 1.0]))
    assert found.values == pytest.approx([F, FX, FY])
    found = at(replace(REVERSE, width=2), what, x, y, np.array([1.0, s]))
    assert found.values == pytest.approx([F, FX, s * FX, FY, s * FY])


def test_shadows_hold_the_adjoint_of_what_was_there() -> None:
    what = product_in_memory()
    m, shadow = np.array([2.0, 3.0, 5.0]), np.array([0.5, 0.25, 7.0])
    found = at(Reverse(Primal(), ("active", "dup"), ("active",)), what, x, m, shadow, s)
    total = s + 0.5  # the seed, and the adjoint of m[0] afterwards
    contents = [6.0 * x, 3.0, 0.0]
    adjoint = [total * 3.0 * x, 0.25 + total * 2.0 * x, 0.0]
    assert found.values == pytest.approx([6.0 * x, total * 6.0, *contents, *adjoint])
    found = at(Forward(Primal(), ("const", "dup"), ("dupnoneed",)), what, x, m, np.array([1.0, 10.0, 100.0]))
    assert found.values == pytest.approx([x * 23.0, *contents, x * 23.0, 10.0, 0.0])
    assert at(Reverse(Primal(), ("active", "dupnoneed"), ("activenoneed",)), what, x, m, shadow, s).known.tolist() == [
        True,
        *[False] * 3,
        *[True] * 3,
    ]


def test_loops_and_second_derivatives_through_them() -> None:
    one = Forward(Primal(), ("dup",), ("dupnoneed",))
    assert at(one, power(), 2.0, 1.0).values == pytest.approx([32.0])
    assert at(Forward(one, ("dup", "const"), ("dupnoneed",)), power(), 2.0, 1.0, 1.0).values == pytest.approx([48.0])


def test_a_seed_makes_the_same_case_and_arguments_every_time() -> None:
    for number in range(20):
        one, other = random_case(f"same/{number}"), random_case(f"same/{number}")
        assert one == other
        assert all(np.array_equal(a, b) for a, b in zip(draw(one), draw(other), strict=True))
    assert "scf.while" in random_case("wanted", "scf.while").features


def judged(makers: Sequence[Make], settings: Settings, folder: Path) -> list[Verdict]:
    """The verdicts on cases, in their order, from a process that forks well: this one has threads of other tests."""
    file = folder / "verdicts"
    done = in_fork(_judge_into, file, makers, settings)
    assert done.returncode == 0, done.stderr
    found: dict[int, Verdict] = pickle.loads(file.read_bytes())
    return [found[position] for position in range(len(makers))]


def _judge_into(file: Path, makers: Sequence[Make], settings: Settings) -> None:
    file.write_bytes(pickle.dumps(dict(run_cases(makers, settings, 2))))


def test_the_references_agree_on_random_programs(tmp_path: Path) -> None:
    """Of the programs that compile, the interpreter and differences say the same."""
    makers = [partial(random_case, f"references/{number}") for number in range(60)]
    verdicts = judged(makers, Settings(only_references=True), tmp_path)
    assert Counter(verdict.outcome.verdict for verdict in verdicts).keys() <= {"right", "refused"}, explain(verdicts)


def explain(verdicts: Sequence[Verdict]) -> str:
    """What is not right, for a failing test."""
    return "\n".join(
        f"{verdict.case and verdict.case.name}: {verdict.outcome}"
        for verdict in verdicts
        if verdict.outcome.verdict not in ("right", "refused")
    )


def test_derivatives_of_random_programs(tmp_path: Path) -> None:
    makers = [partial(random_case, f"test/{number}") for number in range(PROGRAMS)]
    verdicts = judged(makers, Settings(), tmp_path)
    found = Counter(verdict.outcome.verdict for verdict in verdicts)
    assert found.keys() <= {"right", "refused"}, explain(verdicts)
    assert found["right"] >= RIGHT * PROGRAMS, render(verdicts, 0.0)


def reverse_case(what: Program, mode: Mode) -> Case:
    return Case("by hand", what, mode, 0)


def test_a_right_derivative_is_right_and_a_tampered_one_is_wrong() -> None:
    case = reverse_case(x_squared_sin_y(), REVERSE)
    assert judge(case, Settings()).verdict == "right"
    outcome = judge(case, Settings(tamper=1e-3))
    assert (outcome.verdict, outcome.why) == ("wrong", "the primal is wrong")
    assert "expected" in outcome.detail


def test_what_is_written_next_to_an_array_is_found() -> None:
    text = """func.func @f(%m: memref<3xf64>) {
      %c3 = arith.constant 3 : index
      %z = arith.constant 0.0 : f64
      memref.store %z, %m[%c3] : memref<3xf64>
      return
    }"""
    function = jit.compile(text, "f")
    shape = signature(Primal(), program((M,), (), ()))
    with pytest.raises(Overrun):
        call(function, shape, [np.zeros(3)])
    strided = Guarded(np.arange(3.0), Shaped("memref", (3,), "f64", "strided<[?], offset: ?>"))
    assert strided.array.strides == (16,)
    strided.check()
    strided.array.base[9 * 8 : 10 * 8] = 0  # type: ignore[index]
    with pytest.raises(Overrun):
        strided.check()


def dying() -> Case:
    os.abort()


def endless() -> Case:
    while True:
        pass


def test_a_death_is_a_verdict_and_the_next_case_gets_another_process(tmp_path: Path) -> None:
    fine = partial(reverse_case, x_squared_sin_y(), REVERSE)
    verdicts = judged([dying, fine, endless, fine], Settings(limit=6.0), tmp_path)
    assert [verdict.outcome.verdict for verdict in verdicts] == ["crash", "right", "crash", "right"]
    assert "SIGABRT" in verdicts[0].outcome.why
    assert "no end within" in verdicts[2].outcome.why


def test_shrinking_keeps_what_it_takes() -> None:
    """A judge that dislikes a sine in a loop: what is left has both, and little else."""

    def dislikes(case: Case) -> Verdict:
        loops = [each for each in walk(case.program.entry.block.body) if each.kind in ("scf.for", "affine.for")]
        guilty = any(inner.kind == "math.sin" for loop in loops for inner in walk(loop.regions[0].body))
        return Verdict(case, Outcome("wrong" if guilty else "right"))

    large = next(
        case
        for number in range(1000)
        if dislikes(case := random_case(f"shrink/{number}")).outcome.verdict == "wrong" and cost(case)[0] > 25
    )
    small = shrink(dislikes(large), lambda cases: [dislikes(case) for case in cases])
    assert small.case is not None
    assert cost(small.case)[0] <= 10
    assert dislikes(small.case).outcome.verdict == "wrong"
    expected(small.case)


def test_tables_count_verdicts_by_feature() -> None:
    case = reverse_case(power(), Forward(Primal(), ("dup",), ("dup",)))
    verdicts = [Verdict(case, Outcome(kind, "why")) for kind in KINDS]
    lines = render(verdicts, 1.0).splitlines()
    assert next(line for line in lines if line.startswith("scf.for ")).split() == ["scf.for", *["1"] * 5]
    assert next(line for line in lines if line.startswith("step ")).split() == ["step", *["1"] * 5]
    assert {"lower bound", "scf.for", "forward"} <= set(as_data(verdicts)[0]["features"])
    told = (
        'EnzymeRefusal: loc("-":3:9): error: could not compute the adjoint for this operation %4 = "math.erf"(%1) : f64'
    )
    assert plain_reason(told) == 'EnzymeRefusal: could not compute the adjoint for this operation "math.erf"'
