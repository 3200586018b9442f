"""The rejected specs: a folder each, with `dialect.yaml`, perhaps `overlay.yaml`, and the whole error text expected."""

from __future__ import annotations

from pathlib import Path

EXPECTED = "expected.txt"
CASES = tuple(sorted(path.parent for path in Path(__file__).parent.glob("*/dialect.yaml")))


def lint_arguments(case: Path) -> tuple[str, ...]:
    """How the case is run from the folder that holds all cases, so that paths in messages are short."""
    return ("lint", "--spec", f"{case.name}/dialect.yaml")
