"""What is differentiated: functions of floats with their analytic gradients, or with the words of the refusal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

MODES = ("reverse", "forward")
TOLERANCE = 1e-12
"""The relative error that a derivative in f64 may have, unless a case says otherwise and why."""


@dataclass(frozen=True, slots=True)
class Case:
    """A function `@f` from floats (f64) to one float, with what its derivative has to be."""

    name: str
    text: str
    """The module; `@f` takes as many arguments as each of `points` has."""
    points: tuple[tuple[float, ...], ...]
    """Where the derivative is taken."""
    gradient: Callable[..., tuple[float, ...]]
    """The analytic gradient at a point."""
    tolerance: float = TOLERANCE
    why: str = ""
    """Why another error is allowed, or what is remarkable."""
    refused: str = ""
    """A part of the message with which it is refused in both modes; empty where it is differentiated."""
    follows_values: bool = True
    """Whether finite differences can show the derivative; not where rounding stops it."""

    @property
    def arity(self) -> int:
        """How many arguments `@f` takes."""
        return len(self.points[0])


def activities(count: int, case: str) -> str:
    """An array of the same activity `count` times."""
    return f"[{', '.join([f'#enzyme.activity<enzyme_{case}>'] * count)}]"


def with_derivatives(case: Case, modes: Sequence[str] = MODES) -> str:
    """The module with a function for each mode, called by the mode's name."""
    asked = {"reverse": asked_in_reverse, "forward": asked_forward}
    return "\n".join([case.text, *(asked[mode](case.arity) for mode in modes)])


def asked_in_reverse(count: int) -> str:
    """`@reverse`, which returns the value of `@f` and its gradient, by `enzyme.autodiff`."""
    names = [f"%x{index}" for index in range(count)]
    types = ", ".join(["f64"] * count)
    return f"""func.func @reverse({", ".join(f"{name}: f64" for name in names)}) -> (f64, {types}) {{
  %seed = arith.constant 1.0 : f64
  %value = func.call @f({", ".join(names)}) : ({types}) -> f64
  %d:{count} = "enzyme.autodiff"({", ".join(names)}, %seed) {{fn = @f, activity = {activities(count, "active")},
    ret_activity = {activities(1, "activenoneed")}}} : ({types}, f64) -> ({types})
  return %value, {", ".join(f"%d#{index}" for index in range(count))} : f64, {types}
}}
"""


def asked_forward(count: int) -> str:
    """`@forward`: it returns the value of `@f` and its derivative along the later arguments."""
    names = [f"%x{index}" for index in range(count)]
    pairs = ", ".join(f"{name}, %d{index}" for index, name in enumerate(names))
    types = ", ".join(["f64"] * count)
    both = ", ".join(["f64"] * (2 * count))
    return f"""func.func @forward({", ".join(f"{name}: f64" for name in names)},
                {", ".join(f"%d{index}: f64" for index in range(count))}) -> (f64, f64) {{
  %value = func.call @f({", ".join(names)}) : ({types}) -> f64
  %d = "enzyme.fwddiff"({pairs}) {{fn = @f, activity = {activities(count, "dup")},
    ret_activity = {activities(1, "dupnoneed")}}} : ({both}) -> f64
  return %value, %d : f64, f64
}}
"""
