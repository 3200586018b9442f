"""What prompts and notebooks show of what Enzyme did: hazards, outcomes, errors, functions; without running it."""

from __future__ import annotations

import html
import re

import pytest

from enzyme_mlir import HOST, grad, jit
from enzyme_mlir.functional.checking import GradientReport
from enzyme_mlir.functional.checking.reports import Row
from enzyme_mlir.functional.checking.reports import Verdict as Word
from enzyme_mlir.lowering import (
    HAZARD_KINDS,
    EnzymeCrash,
    EnzymeError,
    FailingOperation,
    Hazard,
    Hazards,
    UnsoundDerivative,
    Verdict,
    hazards,
)

SQUARE = "func.func @c(%x: f64) -> f64 { %y = arith.mulf %x, %x : f64 return %y : f64 }"
WHERE = FailingOperation("arith.bitcast", 3, "main", "%0 = arith.bitcast %x", 'loc("<b>f.py":1:2)')
KIND = HAZARD_KINDS["bits-of-a-number"]
HAZARD = Hazard(KIND, "reverse", WHERE, WHERE)


def plain(shown: str) -> str:
    """The text that somebody reads of a piece of HTML."""
    return html.unescape(re.sub(r"<[^>]*>", "", shown))


def test_hazards() -> None:
    assert repr(HAZARD) == '<Hazard bits-of-a-number, in reverse mode: arith.bitcast at loc("<b>f.py":1:2)>'
    assert repr(Hazards([HAZARD])) == f"1 hazard:\n{HAZARD}"
    assert repr(Hazards()) == "no hazards"
    assert repr(KIND) == f"<HazardKind bits-of-a-number: {KIND.wrong}>"
    titles = "kindmodebecause ofasked for bywhat is wronginstead"
    told = f"1 hazard{titles}bits-of-a-numberreverse{WHERE}{WHERE}{KIND.wrong}{KIND.instead}"
    assert plain(HAZARD._repr_html_()) == plain(Hazards([HAZARD])._repr_html_()) == told
    assert "<b>" not in HAZARD._repr_html_()


@pytest.mark.usefixtures("enzyme_installed")
def test_hazards_of_a_module_are_listed() -> None:
    assert repr(hazards(SQUARE)) == "no hazards"


def test_outcomes() -> None:
    right = Verdict("module {\n}\n", seconds=0.25, peak=2**21)
    assert repr(right) == "<Verdict a module of 2 lines, 0.25 s, 2 MiB>"
    assert plain(right._repr_html_()) == right.text
    dead = Verdict(None, stderr="a\nb", signal=11, seconds=1.0)
    assert repr(dead) == "<Verdict EnzymeCrash: Enzyme died of SIGSEGV: a, 1 s, 0 MiB>"
    assert plain(dead._repr_html_()) == "Enzyme died of SIGSEGV: a\nb"


def test_errors() -> None:
    error = EnzymeCrash("Enzyme died", signal_number=11, operations=(WHERE,), stage="cse", fault=WHERE)
    assert repr(error) == (f"<EnzymeCrash: Enzyme died; because of {WHERE}; most likely on {WHERE}; in the pass cse>")
    assert repr(EnzymeError("not so")) == "<EnzymeError: not so>"
    assert repr(UnsoundDerivative((HAZARD,))).startswith(
        "<UnsoundDerivative: Enzyme is known to get a derivative wrong"
    )


def test_derived_functions() -> None:
    derived = grad(SQUARE)
    assert repr(derived) == "<grad of @c: (x)>"
    assert plain(derived._repr_html_()) == f"{derived}IR{derived.ir('built')}"


@pytest.mark.skipif(HOST != "mlir", reason="only the host mlir compiles")
def test_compiled_functions() -> None:
    compiled = jit.compile(SQUARE, "c")
    assert repr(compiled) == "<compiled function c(f64) -> (f64)>"
    assert plain(compiled._repr_html_()) == "compiled function @c(f64) -> (f64)"


def test_reports_of_derivatives() -> None:
    report = GradientReport("@c", (Row("x", (2,), "reverse", 0.5, (0.5, 0.5), 1e-12, Word.RIGHT),), 1e-6)
    summary = "1 derivatives of @c beside finite differences; rtol 1e-06, worst error 0.0e+00"
    assert repr(report) == f"<GradientReport {summary}>"
    assert plain(report._repr_html_()) == (
        f"{summary}argumentelementmodederivativefinite differenceerrorverdictx[2]reverse0.50.50.0e+00ok"
    )
