"""What is made once: read, built, lowered and compiled; by content, function, options, release and host."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

import enzyme_mlir
from enzyme_mlir import ir, new_context, using_release
from tests.enzyme.functional.programs import CHAIN, PRODUCT, product_by
from tests.enzyme.installed import folder_of


def renamed(name: str) -> str:
    """A function that no other test has compiled."""
    return PRODUCT.replace("@product", f"@{name}")


def test_nothing_is_compiled_before_the_first_call() -> None:
    gradient = enzyme_mlir.grad(renamed("lazy"))
    assert "not compiled yet" in str(gradient)
    gradient(1.5, 0.7)
    assert "not compiled yet" not in str(gradient)
    ahead = enzyme_mlir.grad(renamed("ahead"))
    ahead.compile()
    assert "not compiled yet" not in str(ahead)


def test_the_same_content_is_compiled_once() -> None:
    first = enzyme_mlir.grad(renamed("once"))
    first(1.5, 0.7)
    assert enzyme_mlir.grad(renamed("once"))._program is first._program
    other = renamed("once") + CHAIN  # what the function does not need does not matter
    assert enzyme_mlir.grad(other, "once")._program is first._program
    with new_context():
        module = ir.Module.parse(renamed("once"))
        assert enzyme_mlir.grad(module, wrt=[0, 1])._program is not first._program  # arguments have other names there
        assert enzyme_mlir.grad(module)._program is enzyme_mlir.grad(module)._program


def test_other_content_or_options_are_other_programs() -> None:
    text = renamed("other")
    programs = [
        enzyme_mlir.grad(text)._program,
        enzyme_mlir.grad(text, wrt="x")._program,
        enzyme_mlir.grad(text, wrt=["x"])._program,
        enzyme_mlir.grad(text, strong_zero=True)._program,
        enzyme_mlir.grad(text, unsound="allow")._program,
        enzyme_mlir.value_and_grad(text)._program,
        enzyme_mlir.grad(text.replace("math.sin", "math.cos"))._program,
    ]
    assert len({id(program) for program in programs}) == len(programs)


def test_a_module_that_has_changed_is_another_one() -> None:
    with new_context(), ir.Location.unknown():
        module = ir.Module.parse(renamed("changing"))
        before = enzyme_mlir.grad(module)
        function = module.body.operations[0]
        sine = function.operation.regions[0].blocks[0].operations[1].operation
        with ir.InsertionPoint(sine):
            cosine = ir.Operation.create("math.cos", results=[sine.results[0].type], operands=list(sine.operands))
        sine.results[0].replace_all_uses_with(cosine.results[0])
        sine.erase()
        after = enzyme_mlir.grad(module)
    assert before(1.5, 0.7) == pytest.approx(product_by(1.5, 0.7), rel=1e-14)
    assert after(1.5, 0.7) == pytest.approx((2 * 1.5 * np.cos(0.7), -(1.5**2) * np.sin(0.7)), rel=1e-14)


@pytest.mark.parametrize("release", ["0.0.14", "0.0.15"])
def test_each_release_has_its_own(release: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder: Path = folder_of(release)
    own = enzyme_mlir.grad(renamed("releases"))
    monkeypatch.setenv("ENZYME_MLIR_ENZYME", str(folder))
    with using_release(release):
        other = enzyme_mlir.grad(renamed("releases"))
        assert other._program is not own._program
        assert f"Enzyme {release}" in str(other)
        assert "#enzyme<activity enzyme_active>" in other.ir("built")
        assert other(1.5, 0.7) == pytest.approx(product_by(1.5, 0.7), rel=1e-14)
    monkeypatch.delenv("ENZYME_MLIR_ENZYME")
    assert own(1.5, 0.7) == other(1.5, 0.7)


def test_threads_that_call_first_together_compile_once() -> None:
    gradient = enzyme_mlir.grad(renamed("threads"))
    callers: list[object] = []
    found: list[object] = []

    def work() -> None:
        found.append(enzyme_mlir.grad(renamed("threads"))(1.5, 0.7))
        callers.append(gradient._program.caller())

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [gradient(1.5, 0.7)] * 4
    assert len({id(caller) for caller in callers}) == 1
