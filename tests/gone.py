"""What a builder says of a value whose operation was erased, where the host lives to tell.

Hosts read the memory that such a value had, to say that it is gone. Where something else is there by now, they may die
of it; nobody can ask them in another way. So such a program runs in processes of its own, until one of them lives.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

__all__ = ["complaint_about_gone"]

_ROOT = Path(__file__).parents[1]
_MOST = 20
_PROGRAM = """
from contextlib import nullcontext

from enzyme_mlir import building
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.testing import sample

with sample("f64", "f64", setup={setup!r}) as (_, x, seed), {place}():
    kept = enzyme.ignore_derivatives(x)
    for _ in range({times}):
        enzyme.autodiff("square", [kept, seed], ["active"], ["activenoneed"]).owner.erase()
    kept.owner.erase()
    try:
        enzyme.autodiff("square", [kept, seed], ["active"], ["activenoneed"])
    except ValueError as error:
        print(error)
"""


def complaint_about_gone(setup: str, *, times: int, in_series: bool) -> str:
    """What `autodiff` says of an operand that is gone, after calls with it while it was there.

    Args:
        setup: IR with the function `square`.
        times: How often it is called before.
        in_series: Whether the calls are one series of operations.
    """
    program = _PROGRAM.format(setup=setup, times=times, place="building" if in_series else "nullcontext")
    for _ in range(_MOST):
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=_ROOT, capture_output=True, text=True, timeout=120, check=False
        )
        if done.returncode >= 0:
            return done.stdout + done.stderr
    raise AssertionError(f"the host died of it {_MOST} times")
