"""Whether builders verify: per call (`verify=False`), per block, or by environment variable.

`<PACKAGE>_VERIFY=0` (for the package `enzyme_mlir`: `ENZYME_MLIR_VERIFY=0`) switches verification off for the process.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from .host import PACKAGE

__all__ = ["is_verifying", "verification"]

_OFF = ("0", "false", "no", "off")
_VARIABLE = f"{PACKAGE.upper()}_VERIFY"

_verifying: ContextVar[bool] = ContextVar(
    "verifying", default=os.environ.get(_VARIABLE, "1").lower() not in _OFF
)

is_verifying = _verifying.get
"""Whether builders verify here and now."""


@contextmanager
def verification(enabled: bool) -> Generator[None]:
    """Switch the verification of builders on or off for a block: `with verification(False): ...`.

    It holds for the code that the block runs, in this thread and in tasks that start inside it. What a builder needs
    in order to make attributes out of Python values is checked in any case. Off means off: values of another context,
    over which a host aborts the process, are not looked for either.
    """
    token = _verifying.set(enabled)
    try:
        yield
    finally:
        _verifying.reset(token)
