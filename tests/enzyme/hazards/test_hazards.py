"""Each kind of wrong derivative: wrong as Enzyme gives it, found and named, and right or refused by default.

A release that mends a kind makes the first test fail; the table is then to be updated.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

from enzyme_mlir import HOST, jit, lowering
from enzyme_mlir.lowering import HAZARD_KINDS, UnsoundDerivative, UnsoundWarning
from tests.enzyme.installed import RELEASES, folder_of

from .cases import CASES, Case

pytestmark = [
    pytest.mark.usefixtures("enzyme_installed"),
    pytest.mark.skipif(HOST != "mlir", reason="only the host mlir compiles"),
]
MENDED = [case for case in CASES if HAZARD_KINDS[case.kind].mended]
REFUSED = [case for case in CASES if not HAZARD_KINDS[case.kind].mended]


def name_of(case: Case) -> str:
    """A case in the list of tests."""
    return f"{case.kind}-{case.mode}"


def known(cases: list[Case]) -> pytest.MarkDecorator:
    """Each case with each release that gets it wrong."""
    return with_releases([(case, release) for case in cases for release in HAZARD_KINDS[case.kind].releases])


def with_releases(pairs: list[tuple[Case, str]]) -> pytest.MarkDecorator:
    """Each of the pairs."""
    names = [f"{name_of(case)}-{release}" for case, release in pairs]
    return pytest.mark.parametrize(("case", "release"), pairs, ids=names)


def numbers(case: Case, **options: Any) -> np.ndarray[Any, Any]:
    """What `@main` gives: its results, then the contents of arrays that are results."""
    main = jit.compile(lowering.run(case.text, case.pipeline, **options), "main")
    arguments = case.arguments()
    results = main(*arguments)
    parts = [] if results is None else [np.ravel(each) for each in np.atleast_1d(results)]
    return np.concatenate([*parts, *(np.ravel(arguments[each]) for each in case.outputs)])


@known([*CASES])
def test_enzyme_gets_it_wrong_as_it_is(case: Case, release: str) -> None:
    enzyme = folder_of(release)
    found = numbers(case, prepare=False, unsound="allow", enzyme=enzyme)
    assert not np.allclose(found, case.wanted, rtol=1e-9, atol=1e-12 if case.kind != "function-of-numbers" else 0)


@known([*CASES])
def test_it_is_found_and_refused_as_it_is(case: Case, release: str) -> None:
    enzyme = folder_of(release)
    kinds = {(hazard.kind.name, hazard.mode) for hazard in lowering.hazards(case.text, prepare=False, enzyme=enzyme)}
    assert (case.kind, case.mode) in kinds
    with pytest.raises(UnsoundDerivative) as caught:
        lowering.run(case.text, prepare=False, enzyme=enzyme)
    assert case.kind in [hazard.kind.name for hazard in caught.value.hazards]


@with_releases([(case, release) for case in MENDED for release in RELEASES])
def test_what_is_mended_comes_out_right(case: Case, release: str) -> None:
    enzyme = folder_of(release)
    assert lowering.hazards(case.text, enzyme=enzyme) == ()
    np.testing.assert_allclose(numbers(case, enzyme=enzyme), case.wanted, rtol=1e-12)


@known(REFUSED)
def test_what_is_not_mended_is_refused(case: Case, release: str) -> None:
    enzyme = folder_of(release)
    assert [hazard.kind.name for hazard in lowering.hazards(case.text, enzyme=enzyme)] == [case.kind]
    with pytest.raises(UnsoundDerivative, match=case.kind):
        lowering.run(case.text, enzyme=enzyme)
    assert not np.allclose(numbers(case, unsound="allow", enzyme=enzyme), case.wanted, rtol=1e-9)
    with pytest.warns(UnsoundWarning, match=case.kind):
        lowering.run(case.text, unsound="warn", enzyme=enzyme)


def test_every_kind_has_a_case_in_each_of_its_modes() -> None:
    assert {(case.kind, case.mode) for case in CASES} >= {
        (kind.name, mode) for kind in HAZARD_KINDS.values() for mode in kind.modes
    }


def test_a_refusal_names_operation_location_and_what_to_write() -> None:
    (case, *_) = REFUSED
    text = case.text.replace("xori %i, %sign : i64", 'xori %i, %sign : i64 loc("model.py":3:5)').replace(
        "%i = arith.bitcast %x : f64 to i64", '%i = arith.bitcast %x : f64 to i64 loc("model.py":2:5)'
    )
    with pytest.raises(UnsoundDerivative) as caught:
        lowering.run(text)
    (hazard,) = caught.value.hazards
    assert hazard.operation == caught.value.fault
    assert (hazard.operation.name, hazard.operation.function) == ("arith.bitcast", "f")
    assert hazard.operation.location == 'loc("model.py":2:5)'
    assert hazard.derivative.name == "enzyme.autodiff"
    assert str(caught.value).splitlines()[:4] == [
        "Enzyme is known to get a derivative wrong without a word",
        'arith.bitcast in @f at loc("model.py":2:5): %0 = arith.bitcast %arg0 : f64 to i64',
        "  bits-of-a-number, in reverse mode: the derivative stops where a number is taken for the integer of its "
        "bits, although the value goes on",
        "  instead: compute with the number itself, or give the function a derivative of its own",
    ]


def test_unsound_is_one_of_three_words() -> None:
    with pytest.raises(ValueError, match=r"lowering\.run: unsound is 'ignore', accepted is one of refuse, warn, allow"):
        lowering.run("module {}", unsound="ignore")


def test_nothing_is_said_of_what_is_right() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for case in MENDED[:3]:
            lowering.run(case.text, unsound="warn")
