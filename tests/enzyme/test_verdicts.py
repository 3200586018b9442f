"""`lowering.verdicts`: many modules, a process each; what becomes of one never touches another."""

from __future__ import annotations

import pytest

from enzyme_mlir import lowering
from enzyme_mlir.lowering import EnzymeCrash, EnzymeOutOfMemory, EnzymeRefusal, EnzymeTimeout

from .test_lowering import REVERSE, WRONG, deadly, used

pytestmark = pytest.mark.usefixtures("enzyme_installed")


def large(count: int) -> str:
    """A module with many functions."""
    return "\n".join(f"func.func @f{index}(%x: f64) -> f64 {{ return %x : f64 }}" for index in range(count))


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_verdicts_come_in_the_order_of_the_modules(jobs: int) -> None:
    good, deaths = used(), deadly()
    found = lowering.verdicts([good, deaths, WRONG, deaths, good, good, deaths] * 5, jobs=jobs)
    kinds = [None, EnzymeCrash, EnzymeRefusal, EnzymeCrash, None, None, EnzymeCrash] * 5
    assert [verdict.kind for verdict in found] == kinds
    assert {verdict.text for verdict in found[::7]} == {found[0].text}
    assert {verdict.signal_name for verdict in found if verdict.kind is EnzymeCrash} == {"SIGSEGV"}
    assert {verdict.stderr for verdict in found if verdict.kind is None} == {""}


@pytest.mark.parametrize("share", [2, 7, 100])
def test_modules_that_share_a_process_get_the_same_verdicts(share: int) -> None:
    modules = [used(), WRONG, deadly(), REVERSE, deadly(), deadly(), used(), WRONG] * 3
    alone = lowering.verdicts(modules)
    shared = lowering.verdicts(modules, share=share)
    outcomes = [
        [(verdict.text, verdict.message, verdict.kind, verdict.signal) for verdict in found]
        for found in (alone, shared)
    ]
    assert outcomes[0] == outcomes[1]


def test_time_is_for_each_module_of_a_shared_process() -> None:
    passes = ["canonicalize", "cse"] * 2_000
    found = lowering.verdicts([REVERSE, large(2_000), REVERSE], passes, timeout=2, jobs=1, share=3)
    assert [verdict.kind for verdict in found] == [None, EnzymeTimeout, None]


def test_what_is_printed_stays_with_its_module() -> None:
    loud = used().replace("arith.mulf %x, %x : f64", "math.acos %x : f64")
    first, second, third = lowering.verdicts([loud, used(), loud], jobs=1, share=3)
    assert "could not compute the adjoint" in first.stderr
    assert first.stderr == third.stderr
    assert second.stderr == ""


def test_a_verdict_says_how_long_it_took_and_how_much_memory() -> None:
    (verdict,) = lowering.verdicts([used()])
    assert 0 < verdict.seconds < 60
    assert 10 * 2**20 < verdict.peak < 2**30
    assert verdict.message == ""


def test_a_module_that_wants_too_much_memory() -> None:
    wanting = large(20_000)
    first, big, last = lowering.verdicts([REVERSE, wanting, REVERSE], "parse", memory=20 * 2**20)
    assert (first.kind, last.kind) == (None, None)
    assert big.kind is EnzymeOutOfMemory, big.message
    assert big.message.startswith("Enzyme wanted more memory than 20 MiB")
    assert lowering.verdicts([wanting], "parse")[0].kind is None


@pytest.mark.parametrize("mebibytes", [10, 14, 18, 22, 26])
def test_the_want_of_memory_is_recognised_wherever_it_strikes(mebibytes: int) -> None:
    (verdict,) = lowering.verdicts([large(20_000)], ["canonicalize"], memory=mebibytes * 2**20)
    assert verdict.kind is EnzymeOutOfMemory, verdict.message


def test_a_module_that_takes_too_long() -> None:
    passes = ["canonicalize", "cse"] * 2_000
    found = lowering.verdicts([REVERSE, large(2_000), REVERSE], passes, timeout=2, jobs=1)
    assert [verdict.kind for verdict in found] == [None, EnzymeTimeout, None]
    assert found[1].message == "Enzyme did not end within 2 seconds"


def test_progress_is_told() -> None:
    seen: list[lowering.Progress] = []
    lowering.verdicts([REVERSE] * 20, progress=seen.append)
    assert seen[-1].done == seen[-1].total == 20
    assert [look.done for look in seen] == sorted(look.done for look in seen)
    assert any(look.pids for look in seen)
