"""Mistakes that could end the process: each is tried in a child process, which must live to tell of a Python error."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from enzyme_mlir import HOST

ROOT = Path(__file__).parents[2]
PREAMBLE = """
from enzyme_mlir import ir, new_context
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.testing import printed, sample
"""
UNREGISTERED = (
    "ValueError: enzyme.{name}: the context takes registered operations only, "
    "accepted is a context with `allow_unregistered_dialects = True`"
)

REGISTERED_ONLY = """
context = new_context()
with context:
    cache = enzyme.CacheType.get(ir.F64Type.get())
context.allow_unregistered_dialects = False
with context, ir.Location.unknown():
    {call}
"""


def child(program: str) -> subprocess.CompletedProcess[str]:
    """A program that runs behind the preamble, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", PREAMBLE + program],
        env=os.environ,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("init", "enzyme.init(cache)"),
        ("init", "enzyme.InitOp(cache)"),
        ("placeholder", "enzyme.placeholder(cache)"),
        ("yield", "enzyme.yield_([])"),
        ("autodiff_region", "enzyme.autodiff_region([], [], [], results=[], body=lambda: [])"),
    ],
)
def test_unregistered_operations_switched_off(name: str, call: str) -> None:
    done = child(REGISTERED_ONLY.format(call=call))
    assert done.returncode == 1, (done.returncode, done.stderr)
    assert done.stderr.splitlines()[-1] == UNREGISTERED.format(name=name)


def test_a_fresh_context_of_the_host_takes_registered_operations_only() -> None:
    done = child("""
with ir.Context() as context, ir.Location.unknown():
    context.allow_unregistered_dialects = True
    cache = enzyme.CacheType.get(ir.F64Type.get())
    context.allow_unregistered_dialects = False
    enzyme.pop(enzyme.init(cache))
""")
    assert done.returncode == 1, (done.returncode, done.stderr)
    assert done.stderr.splitlines()[-1] == UNREGISTERED.format(name="init")


def test_attributes_of_an_unregistered_dialect_switched_off() -> None:
    done = child("""
with ir.Context():
    enzyme.ActivityAttr.get("dup")
""")
    assert done.returncode == 1, (done.returncode, done.stderr)
    assert done.stderr.splitlines()[-1] == (
        "ValueError: ActivityAttr: the context takes registered dialects only, "
        "accepted is a context with `allow_unregistered_dialects = True`"
    )


@pytest.mark.parametrize("exit_code", [0, 7])
def test_a_program_that_builds_ends_as_it_wants_to(exit_code: int) -> None:
    done = child(f"""
import sys
with sample("f64") as (module, x):
    enzyme.ignore_derivatives(x)
    print(printed(module))
    sys.exit({exit_code})
""")
    assert done.returncode == exit_code, done.stderr
    assert '"enzyme.ignore_derivatives"(%arg0) : (f64) -> f64' in done.stdout


def test_a_failing_body_does_not_end_the_process() -> None:
    done = child("""
with sample("f64", "f64") as (module, x, seed):
    def body(y):
        enzyme.ignore_derivatives(y)
        inner = lambda z: 1 / 0
        enzyme.autodiff_region(
            [y, y], ["active"], ["activenoneed"], results=y.type, body=inner, body_arguments=[y.type]
        )
    try:
        enzyme.autodiff_region(
            [x, seed], ["active"], ["activenoneed"], results=x.type, body=body, body_arguments=[x.type]
        )
    except ZeroDivisionError:
        print(len(list(module.body.operations[0].regions[0].blocks[0].operations)))
""")
    assert (done.returncode, done.stdout.strip()) == (0, "1"), done.stderr


def test_values_that_are_used_in_the_body_of_a_failing_operation_live_on() -> None:
    done = child("""
kept = []
with sample("f64", "f64") as (module, x, seed):
    def body(y):
        kept.append(enzyme.ignore_derivatives(y))
        raise ValueError("stop")
    try:
        enzyme.autodiff_region(
            [x, seed], ["active"], ["activenoneed"], results=x.type, body=body, body_arguments=[x.type]
        )
    except ValueError as error:
        print(error)
    enzyme.placeholder(x.type)
    module.operation.verify()
    print(printed(module).count("enzyme."))
""")
    assert (done.returncode, done.stdout.split()) == (0, ["stop", "1"]), done.stderr


FORKED = """
import os

def built():
    with new_context(), ir.Location.unknown():
        module = ir.Module.parse(SQUARES)
        with ir.InsertionPoint(module.body):
            seed = ir.Operation.create("test.seed", results=[ir.F64Type.get()]).result
            enzyme.fwddiff("s0", [seed, seed], ["dup"], ["dupnoneed"])
        assert module.operation.verify()
        return str(module)

SQUARES = "".join(f"func.func @s{i}(%x: f64) -> f64 {{ return %x : f64 }}" for i in range(9))
expected = built()
child = os.fork()
if child == 0:
    os._exit(built() != expected)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(HOST == "iree.compiler", reason="its contexts share the threads of the process, which a fork lacks")
def test_a_fork_builds_in_a_context_of_its_own_and_lets_that_of_its_parent_be() -> None:
    done = child(FORKED)
    assert (done.stdout, done.stderr, done.returncode) == ("0\n", "", 0)


@pytest.mark.skipif(HOST == "iree.compiler", reason="its contexts share the threads of the process, which a fork lacks")
def test_a_fork_knows_what_its_parent_took_back() -> None:
    done = child("""
import os
kept = []
with sample("f64", "f64") as (module, x, seed):
    def body(y):
        kept.append(enzyme.ignore_derivatives(y))
        raise ZeroDivisionError
    try:
        enzyme.autodiff_region(
            [x, seed], ["active"], ["activenoneed"], results=x.type, body=body, body_arguments=[x.type]
        )
    except ZeroDivisionError:
        pass
    child = os.fork()
    if child:
        os.waitpid(child, 0)
    try:
        enzyme.ignore_derivatives(kept[0])
        print("built", flush=True)
    except ValueError as error:
        print(error, flush=True)
    if child == 0:
        os._exit(0)
""")
    message = "enzyme.ignore_derivatives: input is of an erased operation, accepted is what exists\n"
    assert (done.returncode, done.stdout) == (0, message * 2), done.stderr
