"""What no run of Enzyme takes is refused before anything is started, in words about the argument."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from enzyme_mlir import Complaint, complaint_of, grad, ir, jit, lowering, vmap
from enzyme_mlir.lowering import EnzymeUnavailable, Pipeline

EMPTY = "module {}"
run: Callable[..., Any] = lowering.run
verdicts: Callable[..., Any] = lowering.verdicts
hazards: Callable[..., Any] = lowering.hazards
compile_: Callable[..., Any] = jit.compile
grad_: Callable[..., Any] = grad
vmap_: Callable[..., Any] = vmap
SQUARE = "func.func @f(%x: f64) -> f64 { %y = arith.mulf %x, %x : f64 return %y : f64 }"


@pytest.mark.parametrize(
    ("call", "parts"),
    [
        (lambda: run(EMPTY, timeout=0), ("timeout", "0", "seconds above 0", "", "lowering.run")),
        (lambda: run(5), ("the module", "of type int", "an ir.Module or a text", "", "lowering.run")),
        (lambda: verdicts([EMPTY], jobs=0), ("jobs", "0", "an int, 1 or more", "", "lowering.verdicts")),
        (lambda: compile_(EMPTY, opt_level=4), ("opt_level", "4", "0, 1, 2 or 3", "", "jit.compile")),
        (
            lambda: compile_(EMPTY, libraries=[1]),
            ("libraries[0]", "int 1", "a list of paths", "", "jit.compile"),
        ),
        (lambda: grad_(SQUARE, wrt=()), ("wrt", "()", "at least one argument", "", "grad of @f")),
        (
            lambda: vmap_(SQUARE, in_axes=1),
            ("in_axes", "1 for x", "-1 to 0: over a batch it has 1 axis", "", "vmap of @f"),
        ),
    ],
)
def test_what_is_wrong_with_an_argument_is_known_in_parts(call: Callable[[], object], parts: tuple[str, ...]) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        call()
    assert complaint_of(caught.value) == Complaint(*parts)
    assert str(caught.value) == f"{parts[-1]}: {Complaint(*parts)}"


@pytest.mark.parametrize("timeout", ["x", None, True, [1], 1j])
def test_a_timeout_of_another_type_is_a_type_error(timeout: object) -> None:
    for call in (lambda: run(EMPTY, timeout=timeout), lambda: verdicts([EMPTY], timeout=timeout)):
        with pytest.raises(TypeError, match=r"lowering\.\w+: timeout is .*, accepted is seconds above 0"):
            call()


@pytest.mark.parametrize("timeout", [-1, 0, 0.0, math.nan, math.inf, -math.inf])
def test_a_timeout_out_of_range_is_a_value_error(timeout: float) -> None:
    for call in (
        lambda: run(EMPTY, timeout=timeout),
        lambda: verdicts([EMPTY], timeout=timeout),
        lambda: compile_(EMPTY, timeout=timeout),
    ):
        with pytest.raises(ValueError, match=r"timeout is .*, accepted is seconds above 0"):
            call()


@pytest.mark.parametrize("memory", [1.5, "1", True, [1]])
def test_memory_of_another_type_is_a_type_error(memory: object) -> None:
    for call in (lambda: run(EMPTY, memory=memory), lambda: verdicts([EMPTY], memory=memory)):
        with pytest.raises(TypeError, match=r"memory is .*, accepted is an int, 1 or more"):
            call()


@pytest.mark.parametrize("memory", [0, -1, 10**30, 2**63])
def test_memory_out_of_range_is_a_value_error(memory: int) -> None:
    for call in (lambda: run(EMPTY, memory=memory), lambda: verdicts([EMPTY], memory=memory)):
        with pytest.raises(ValueError, match="memory is"):
            call()


@pytest.mark.parametrize("name", ["jobs", "share"])
def test_numbers_of_processes_are_checked(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is 0"):
        verdicts([EMPTY], **{name: 0})
    with pytest.raises(TypeError, match=rf"{name} is float 1\.5"):
        verdicts([EMPTY], **{name: 1.5})


def test_the_time_to_look_for_a_failure_may_be_nothing() -> None:
    with pytest.raises(ValueError, match="locate is -1, accepted is seconds, 0 or more"):
        run(EMPTY, locate=-1)


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ("differentiat", "differentiate"),
        ("Differentiate", "differentiate"),
        ("stable-hlo", "stablehlo"),
        ("pars", "parse"),
    ],
)
def test_almost_the_name_of_a_pipeline_names_it_and_lists_all(given: str, near: str) -> None:
    for call in (lambda: run(EMPTY, given), lambda: verdicts([EMPTY], given), lambda: lowering.hazards(EMPTY, given)):
        with pytest.raises(ValueError, match=f"there is no pipeline '{given}'; did you mean '{near}'.*'batch'"):
            call()


@pytest.mark.parametrize("given", [None, 5, [5], b"cse", {"cse": 1}])
def test_a_pipeline_of_another_type_is_a_type_error(given: object) -> None:
    with pytest.raises(TypeError, match=r"lowering\.run: the pipeline is of type"):
        run(EMPTY, given)


@pytest.mark.parametrize("given", [None, 5, b"module {}", ["module {}"]])
def test_a_module_of_another_type_is_a_type_error(given: object) -> None:
    for call in (lambda: run(given), lambda: lowering.hazards(given), lambda: compile_(given)):
        with pytest.raises(TypeError, match=r"the module is of type \w+, accepted is an ir.Module or a text"):
            call()
    with pytest.raises(TypeError, match=r"lowering.parse: the module is of type \w+, accepted is a text"):
        lowering.parse(given)


def test_an_operation_is_no_module_and_the_message_says_what_to_give() -> None:
    with ir.Context():
        operation = ir.Module.parse(EMPTY).operation
        with pytest.raises(TypeError, match=r"str\(operation\) is its text"):
            run(operation)


@pytest.mark.parametrize("given", [EMPTY, b"x", 5, None, [5], [EMPTY, None]])
def test_modules_are_a_sequence_of_texts(given: object) -> None:
    with pytest.raises(TypeError, match=r"lowering.verdicts: modules"):
        verdicts(given)


def test_a_folder_without_an_enzyme_is_refused_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "enzyme_ad" / "jax").mkdir(parents=True)
    with pytest.raises(EnzymeUnavailable, match="holds no Enzyme"):
        run(EMPTY, enzyme=tmp_path)
    with pytest.raises(TypeError, match="enzyme is int 5, accepted is the path of a folder"):
        run(EMPTY, enzyme=5)


def test_options_of_the_compiler_are_checked() -> None:
    with pytest.raises(ValueError, match="opt_level is 7"):
        compile_(EMPTY, opt_level=7)
    for odd in (True, 2.0, "2"):
        with pytest.raises(ValueError, match=f"^jit.compile: opt_level is {odd!r}, accepted is 0, 1, 2 or 3$"):
            compile_(EMPTY, opt_level=odd)
    for passes, kind in ((["cse"], "list"), (3, "int")):
        with pytest.raises(
            TypeError, match=f"^jit.compile: passes is of type {kind}, accepted is a pipeline in MLIR's"
        ):
            compile_(EMPTY, passes=passes)
    with pytest.raises(TypeError, match="libraries is a text"):
        compile_(EMPTY, libraries="libm.so")
    with pytest.raises(TypeError, match="entry is of type int"):
        compile_(EMPTY, 5)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: run(EMPTY, prepare="no"), "lowering.run: prepare is str 'no', accepted is True or False"),
        (lambda: run(EMPTY, isolated=0), "lowering.run: isolated is int 0, accepted is True or False"),
        (lambda: run(EMPTY, progress=3), "lowering.run: progress is int 3, accepted is a function of the progress"),
        (lambda: verdicts([EMPTY], progress=3), "lowering.verdicts: progress is int 3, accepted is a function of the"),
        (lambda: hazards(EMPTY, prepare=None), "lowering.hazards: prepare is None, accepted is True or False"),
        (lambda: compile_(EMPTY, checked="yes"), "jit.compile: checked is str 'yes', accepted is True or False"),
        (lambda: compile_(EMPTY, isolated=1), "jit.compile: isolated is int 1, accepted is True or False"),
        (lambda: compile_(EMPTY, libraries=3), "jit.compile: libraries is int 3, accepted is a list of paths"),
        (
            lambda: compile_(EMPTY, libraries=["a", 3]),
            "jit.compile: libraries[1] is int 3, accepted is a list of",
        ),
    ],
)
def test_truths_functions_and_paths_are_what_they_are(call: Callable[[], object], message: str) -> None:
    with pytest.raises(TypeError, match=f"^{re.escape(message)}"):
        call()


def test_a_pipeline_of_ones_own_is_taken_whatever_its_name() -> None:
    assert lowering.PIPELINES["parse"].passes == ()
    assert Pipeline("differentiat", ("cse",)).text == "cse"
