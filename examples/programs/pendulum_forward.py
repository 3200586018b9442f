"""The pendulum of `examples/pendulum.py` in forward mode: the misfit's derivatives, one direction at a time.

Forward mode needs no states to be kept. The loop carries angle and speed, of which only the misfit is used behind it;
before the functions were prepared, that gave -2.79 for 535.4.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from program import Program, check, main_of, show

sys.path.insert(0, str(Path(__file__).parents[1]))

from pendulum import FRICTION, FUNCTION, LENGTH, swing


def guess() -> dict[str, Any]:
    """A first guess of the pendulum, and the angles that were observed."""
    observed = np.array([angle for angle, _, _ in swing(LENGTH, FRICTION)])
    return {"length": 1.1, "friction": 0.05, "observed": observed}


def misfit(length: float, friction: float, observed: Any) -> float:
    """The sum of squares of the distances."""
    return float(np.sum((np.array(swing(length, friction))[:, 0] - observed) ** 2))


def gradient(length: float, friction: float, observed: Any) -> tuple[float, float]:
    """The derivatives, by the chain rule through time."""
    angle, by_length, by_friction = np.array(swing(length, friction)).T
    off = 2 * (angle - observed)
    return float(off @ by_length), float(off @ by_friction)


PROGRAM = Program(
    "pendulum in forward mode", FUNCTION, "misfit", ("length", "friction"), guess, misfit, gradient, tolerance=1e-10
)


def main() -> bool:
    """The misfit along both axes, and its second derivatives from forward over forward mode."""
    from enzyme_mlir import jvp

    good = show(PROGRAM)
    step = jvp(FUNCTION, "misfit", wrt=PROGRAM.wrt)
    found = [step(guess(), axis).tangents for axis in ((1.0, 0.0), (0.0, 1.0))]
    right = gradient(**guess())
    rows = [(f"along {name}", *pair) for name, *pair in zip(PROGRAM.wrt, found, right, strict=True)]
    return check(rows, 1e-10, ("forward mode", "chain rule")) and good


if __name__ == "__main__":
    main_of(main)
