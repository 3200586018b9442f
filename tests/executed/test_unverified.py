"""Verification switched off: for a call, for a block, in threads and tasks, by the environment."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from enzyme_mlir import ir, verification, verify
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.testing import sample
from tests.executed.building import atomic_rmw

ROOT = Path(__file__).parents[2]


def broken_push(c: Any, f: Any, **options: Any) -> Any:
    """An `enzyme.push` of a wrong type."""
    return enzyme.push(c, f, **options)


def is_checked(c: Any, f: Any) -> bool:
    """Whether builders verify here and now."""
    try:
        broken_push(c, f).operation.erase()
    except ValueError:
        return True
    return False


def test_one_call_is_left_unverified() -> None:
    with sample("!enzyme.Cache<f64>", "f32") as (module, c, f):
        broken_push(c, f, verify=False)
        assert is_checked(c, f)
        assert len(verify(module)) == 1


def test_a_class_is_left_unverified() -> None:
    with sample("!enzyme.Cache<f64>", "f32") as (_, c, f):
        with pytest.raises(ValueError, match=r"^enzyme\.push: value is of type f32"):
            enzyme.PushOp(c, f)
        assert enzyme.PushOp(c, f, verify=False).value == f


def test_a_block_is_left_unverified_up_to_its_end() -> None:
    with sample("!enzyme.Cache<f64>", "f32") as (_, c, f):
        with verification(False):
            assert not is_checked(c, f)
            with verification(True):
                assert is_checked(c, f)
            assert not is_checked(c, f)
        assert is_checked(c, f)


def test_a_block_that_fails_ends_too() -> None:
    with sample("!enzyme.Cache<f64>", "f32") as (_, c, f):
        with pytest.raises(ZeroDivisionError), verification(False):
            raise ZeroDivisionError
        assert is_checked(c, f)


def test_verify_false_holds_where_verification_is_on_by_hand() -> None:
    with sample("!enzyme.Cache<f64>", "f32") as (_, c, f), verification(True):
        broken_push(c, f, verify=False)


def test_what_python_values_become_is_checked_in_any_case() -> None:
    with sample("f64", "memref<4xf64>", "index") as (_, x, memref, index), verification(False):
        with pytest.raises(ValueError, match=r"^enzyme\.atomic_rmw: alignment is 3 \(int\)"):
            atomic_rmw(x, memref, index, alignment=3, verify=False)
        with pytest.raises(TypeError, match=r"^enzyme\.push: value is 3 \(int\)"):
            enzyme.push(memref, 3)  # type: ignore[arg-type]


def test_another_thread_verifies() -> None:
    checked: list[bool] = []
    with sample("!enzyme.Cache<f64>", "f32") as (_, c, f):
        place, location = ir.InsertionPoint.current, ir.Location.current

        def run() -> None:
            with c.context, location, place:
                checked.append(is_checked(c, f))

        with verification(False):
            thread = threading.Thread(target=run)
            thread.start()
            thread.join()
            assert not is_checked(c, f)
    assert checked == [True]


def test_a_task_that_starts_inside_the_block_does_not() -> None:
    with sample("!enzyme.Cache<f64>", "f32") as (_, c, f):

        async def inside() -> bool:
            return is_checked(c, f)

        async def main() -> list[bool]:
            with verification(False):
                task = asyncio.create_task(inside())
            return [await task, await asyncio.create_task(inside())]

        assert asyncio.run(main()) == [False, True]


PROGRAM = """
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.testing import sample

with sample("!enzyme.Cache<f64>", "f32") as (module, c, f):
    try:
        enzyme.push(c, f)
        print("unverified")
    except ValueError:
        print("verified")
"""


@pytest.mark.parametrize(
    ("setting", "outcome"),
    [("0", "unverified"), ("off", "unverified"), ("No", "unverified"), ("FALSE", "unverified"), ("1", "verified")],
)
def test_the_environment_switches_verification_off(setting: str, outcome: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "ENZYME_MLIR_VERIFY": setting},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout.strip()) == (0, outcome), done.stderr
