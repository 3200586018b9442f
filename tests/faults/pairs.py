"""Two runs at once into one folder, with different settings."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from opspec.emitters.output import GeneratedFile, write_tree
from tests.faults.trees import NEW, OLD, held, left_beside

__all__ = ["race"]


def race(place: Path, times: int) -> dict[str, int]:
    """Let two runs begin at the same moment, so many times; returns how often which of the two trees is there then."""
    root = place / "generated"
    expected = {}
    for name, tree in (("old", OLD), ("new", NEW)):
        write_tree(root, tree)
        expected[name] = held(root)
    counts: dict[str, int] = {}
    for number in range(times):
        if number % 2:
            shutil.rmtree(root)
        begin = time.monotonic() + 0.02
        children = [_run(root, tree, begin) for tree in (OLD, NEW)]
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        assert codes == [0, 0]
        now = held(root)
        kind = next((name for name, tree in expected.items() if tree == now), "mixed")
        assert left_beside(root) == []
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def _run(root: Path, tree: tuple[GeneratedFile, ...], begin: float) -> int:
    child = os.fork()
    if child:
        return child
    try:
        time.sleep(max(0.0, begin - time.monotonic()))
        write_tree(root, tree)
        os._exit(0)
    finally:
        os._exit(1)
