"""The rejected specs: a folder each, with the whole error text expected.

In it are `dialect.yaml` and perhaps `overlay.yaml`; or a project's `bindings.yaml`, and what that names.
"""

from __future__ import annotations

from pathlib import Path

EXPECTED = "expected.txt"
PROJECT = "bindings.yaml"
CASES = tuple(
    sorted(path.parent for name in ("dialect.yaml", PROJECT) for path in Path(__file__).parent.glob(f"*/{name}"))
)


def lint_arguments(case: Path) -> tuple[str, ...]:
    """How the case is run from the folder that holds all cases, so that paths in messages are short."""
    if (case / PROJECT).is_file():
        return ("lint", "--config", f"{case.name}/{PROJECT}")
    return ("lint", "--spec", f"{case.name}/dialect.yaml")
