"""Calls that are almost like the last one: what differs is noticed, whatever was taken again from that one."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from enzyme_mlir import ir, new_context, using_release, verification
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.testing import sample
from tests.executed.building import SQUARE

ACTIVITY, SEEDED = ["active"], ["activenoneed"]


def autodiff(x: Any, seed: Any, **others: Any) -> Any:
    return enzyme.autodiff("square", [x, seed], ACTIVITY, SEEDED, **others)


def test_the_same_call_in_another_context_makes_what_belongs_there() -> None:
    for _ in range(3):
        with sample("f64", "f64", setup=SQUARE) as (module, x, seed):
            made = autodiff(x, seed)
            assert made.owner.context is module.context
            assert made.owner.attributes["activity"].context is module.context
            again = autodiff(x, seed)
            assert str(again.owner).partition("=")[2] == str(made.owner).partition("=")[2]
        del module, x, seed, made, again
        gc.collect()


def test_a_list_that_changed_is_another_one() -> None:
    activity = ["active"]
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        enzyme.autodiff("square", [x, seed], activity, SEEDED)
        activity[0] = "const"
        with pytest.raises(ValueError, match="outputs is 1 value, accepted is no values"):
            enzyme.autodiff("square", [x, seed], activity, SEEDED, results=x.type)
        activity.append("active")
        with pytest.raises(ValueError, match="activity"):
            enzyme.autodiff("square", [x, seed], activity, SEEDED)


def test_what_python_takes_for_equal_is_told_apart() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        autodiff(x, seed, width=2, verify=False, results=x.type)
        autodiff(x, seed, width=1)
        for wrong in (True, 1.0):
            with pytest.raises(TypeError, match="width"):
                autodiff(x, seed, width=wrong)
        autodiff(x, seed, strong_zero=True)
        with pytest.raises(TypeError, match="strong_zero"):
            autodiff(x, seed, strong_zero=1)


def test_what_was_not_checked_is_checked() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        for _ in range(2):
            autodiff(x, seed, results=[x.type, x.type], verify=False)
        with pytest.raises(ValueError, match="outputs is 2 values, accepted is 1 value"):
            autodiff(x, seed, results=[x.type, x.type])
        with verification(False):
            autodiff(x, seed, results=[x.type, x.type])
        with pytest.raises(ValueError, match="outputs is 2 values, accepted is 1 value"):
            autodiff(x, seed, results=[x.type, x.type])


def test_operands_of_other_types_are_noticed() -> None:
    with sample("f64", "f64", "f32", setup=SQUARE) as (_, x, seed, other):
        autodiff(x, seed)
        with pytest.raises(ValueError, match=r"inputs\[1\] is of type f32"):
            autodiff(x, other)
        with pytest.raises(ValueError, match="inputs is 1 value"):
            enzyme.autodiff("square", [x], ACTIVITY, SEEDED)


def test_another_place_means_other_symbols() -> None:
    text = """
    module {
      func.func private @square(f64) -> f64
      func.func @here(%x: f64) { return }
      module {
        func.func private @square(f64, f64) -> f64
        func.func @there(%x: f64) { return }
      }
    }"""
    with new_context(), ir.Location.unknown():
        module: Any = ir.Module.parse(text)
        here = module.body.operations[1].regions[0].blocks[0]
        there = module.body.operations[2].regions[0].blocks[0].operations[1].regions[0].blocks[0]
        for block, fits in ((here, True), (there, False), (here, True)):
            (x,) = block.arguments
            with ir.InsertionPoint.at_block_begin(block):
                if fits:
                    autodiff(x, x)
                    autodiff(x, x)
                else:
                    with pytest.raises(ValueError, match="activity"):
                        autodiff(x, x)


def test_another_release_reads_the_arguments_anew() -> None:
    with sample("memref<4xf64>") as (_, x):
        for release, is_there in (("0.0.16", True), ("0.0.14", False), ("0.0.16", True)):
            with using_release(release):
                if is_there:
                    enzyme.fill_zero(x)
                else:
                    with pytest.raises(ValueError, match="does not have it"):
                        enzyme.fill_zero(x)


def test_a_context_that_takes_registered_operations_only_is_noticed() -> None:
    with sample("f64", "f64", setup=SQUARE) as (module, x, seed):
        autodiff(x, seed)
        module.context.allow_unregistered_dialects = False
        with pytest.raises(ValueError, match="registered operations only"):
            autodiff(x, seed)


def test_an_operand_that_is_gone_is_noticed() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        kept = enzyme.ignore_derivatives(x)
        autodiff(kept, seed).owner.erase()
        kept.owner.erase()
        with pytest.raises(ValueError, match="erased"):
            autodiff(kept, seed)


def test_threads_do_not_take_each_others_calls() -> None:
    def build(number: int) -> list[bool]:
        with sample("f64", "f64", setup=SQUARE) as (module, x, seed):
            made = [autodiff(x, seed, width=1 + number % 2, verify=False, results=x.type).owner for _ in range(50)]
            return [op.context is module.context and ("width" in op.attributes) is (number % 2 == 1) for op in made]

    with ThreadPoolExecutor(4) as pool:
        found = [each for result in pool.map(build, range(16)) for each in result]
    assert len(found) == 800
    assert all(found)
