"""The memory of calls: taken from workspaces, which belong to a compiled function and are used again."""

from __future__ import annotations

import ctypes
import importlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

import numpy as np

from .._runtime.host import HOST, ir, new_context
from .allocator import (
    FREED,
    FUNCTIONS,
    LIVE,
    PAGE,
    PASSES,
    STEPS,
    TABLE,
    WORDS,
    allocator_text,
)
from .errors import JitError
from .passes import run_passes

__all__ = [
    "C_NAMES",
    "MISUSED",
    "MORE",
    "Allocator",
    "Workspace",
    "is_block",
    "load_allocator",
    "register_allocator",
]

C_NAMES = {"malloc": "allocate", "calloc": "allocate_zeroed", "free": "release"}
"""The C library's functions that compiled code calls, and what it gets in their place."""

CHUNKS = 2
"""A word of a workspace: the newest chunk."""

MORE, MISUSED = 1, 2
"""What a call reports."""


@dataclass(frozen=True, slots=True)
class Allocator:
    """The allocator's machine code, of which there is one in a process."""

    addresses: dict[str, int]
    """Where its functions are."""
    enter: Callable[[int, int, int, int, int], int]
    """Runs a function with a workspace; gives `MORE` and `MISUSED`."""
    reset: Callable[[int], None]
    """Frees all of a workspace but its newest chunk."""
    engine: Any
    """Owns the machine code."""


_LOCK = threading.Lock()


@cache
def _load() -> Allocator:
    library = ctypes.CDLL(None)
    key = ctypes.c_size_t(0)
    if library.pthread_key_create(ctypes.byref(key), None):
        raise JitError("the process has no key left for the data of threads")
    engine_class: Any = importlib.import_module(
        f"{HOST}.execution_engine"
    ).ExecutionEngine
    context = new_context()
    with context, ir.Location.unknown():
        module = ir.Module.parse(allocator_text(key.value))
        run_passes(module, PASSES, "making the allocator")
        engine = engine_class(module, opt_level=2, shared_libs=[])
        table = engine.raw_lookup(TABLE)
    found = (ctypes.c_void_p * len(FUNCTIONS)).from_address(table)
    addresses = {
        name: int(address or 0) for name, address in zip(FUNCTIONS, found, strict=True)
    }
    word = ctypes.c_void_p
    enter = ctypes.CFUNCTYPE(ctypes.c_int64, word, word, word, word, ctypes.c_int64)
    reset = ctypes.CFUNCTYPE(None, word)
    return Allocator(
        addresses, enter(addresses["enter"]), reset(addresses["reset"]), engine
    )


def load_allocator() -> Allocator:
    """The allocator of this process, which is compiled the first time."""
    with _LOCK:
        return _load()


def register_allocator(engine: Any) -> Allocator:
    """Let an engine's machine code take its memory from workspaces; it must not have been looked up in before."""
    allocator = load_allocator()
    for name, function in C_NAMES.items():
        address = allocator.addresses[function]
        engine.raw_register_runtime(name, ctypes.c_void_p(address))
    return allocator


def is_block(address: int) -> bool:
    """Whether memory at an address is a workspace's; it may have been freed."""
    if address % PAGE == 0:
        return False
    tag = int(ctypes.c_uint64.from_address(address - 8).value) ^ address
    return LIVE <= tag <= LIVE + STEPS or tag == FREED


class Workspace:
    """The memory of one call at a time."""

    __slots__ = ("address", "words")
    free: ClassVar[Any] = ctypes.CDLL(None).free

    def __init__(self) -> None:
        self.words = np.zeros(WORDS, np.uintp)
        self.address = int(self.words.ctypes.data)

    def __del__(self) -> None:
        """Free the newest chunk; there is no more between calls.

        Machine code may be gone by now, the C library is not.
        """
        if chunk := int(self.words[CHUNKS]):
            self.free(ctypes.c_void_p(chunk))
