"""What the examples have in common: what they need, and how they show that they are right."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Sequence

PACKAGES = {
    "mlir": "xtc-mlir-python-bindings",
    "enzyme_ad": "enzyme-ad",
    "jaxlib": "jaxlib",
    "jax": "jax",
    "sklearn": "scikit-learn",
    "scipy": "scipy",
}
"""The package to install for each module."""

Row = tuple[str, float, float]
"""What is compared, what was found, what is right."""


def run(needed: Sequence[str], main: Callable[[], bool]) -> int:
    """Run an example if what it needs is installed; the exit code says whether it was right.

    With `--if-available` a missing package is no failure.
    """
    missing = [PACKAGES[module] for module in needed if importlib.util.find_spec(module) is None]
    if missing:
        print(f"Not shown: install {', '.join(missing)}.")
        return 0 if "--if-available" in sys.argv[1:] else 101
    return 0 if main() else 1


def check(rows: Sequence[Row], tolerance: float, titles: tuple[str, str] = ("found", "expected")) -> bool:
    """Print a table of numbers beside what they should be; whether all relative errors are within the tolerance."""
    width = max(len(what) for what, _, _ in rows)
    print(f"{'':{width}}{titles[0]:>24}{titles[1]:>24}{'error':>10}")
    worst = 0.0
    for what, found, right in rows:
        error = abs(found - right) / (abs(right) or 1.0)
        worst = max(worst, error)
        print(f"{what:{width}}{found:24.16g}{right:24.16g}{error:10.1e}")
    good = worst <= tolerance
    print(f"check: the worst relative error is {worst:.1e}, allowed is {tolerance:.0e}: {'good' if good else 'WRONG'}")
    return good
