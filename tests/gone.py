"""Programs that use a value whose operation was erased: what a host says of it, where it says something.

Hosts read the memory that such a value had, to say that it is gone. Where something else is there by now, they may die
of it; nobody can ask them in another way. So such a program runs in processes of its own, until one of them lives.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

__all__ = ["outcome_of"]

_ROOT = Path(__file__).parents[1]
_MOST = 20


def outcome_of(program: str) -> subprocess.CompletedProcess[str]:
    """How a program ends, of Python, that no host died of; the last try where it died of each."""
    for _ in range(_MOST):
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=_ROOT, capture_output=True, text=True, timeout=120, check=False
        )
        if done.returncode >= 0:
            break
    return done
