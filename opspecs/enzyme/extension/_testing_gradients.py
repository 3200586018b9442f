"""Derivatives of one's own functions held against finite differences."""

# pyright: reportUnnecessaryIsInstance=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ._given import MODES, Mode, Unsound
from ._runtime.complaints import Complaint, complaining
from ._runtime.errors import shown
from .functional.checking import GradientMismatch, GradientReport, check
from .functional.choosing import Wrt, choose
from .functional.making import signature_of, start
from .functional.signature import is_float

__all__ = ["GradientMismatch", "GradientReport", "check_gradient"]


def check_gradient(
    module: Any,
    entry: str | None = None,
    *,
    at: Sequence[object] | Mapping[str, object],
    wrt: Wrt = None,
    modes: Mode | Sequence[Mode] = MODES,
    rtol: float | None = None,
    elements: int = 200,
    seed: int = 0,
    strong_zero: bool = False,
    unsound: Unsound | None = None,
) -> GradientReport:
    """Check the derivatives of a function, in both modes, against finite differences of it, element by element.

    Differences are extrapolated over steps that fit each element, and carry an estimate of their own error. Where the
    slopes from the left and from the right differ there is a kink: any derivative between them is accepted, and the
    report says so. A function with several outputs is checked as their sum with random weights.

    Args:
        module: A module, its text, a function of it, or what `grad` and its like have made.
        entry: The function's name, where a module is given that has several.
        at: The arguments, or a mapping of names; arrays stay as they are.
        wrt: The arguments to differentiate by, by position or name; all of floats by default.
        modes: `forward`, `reverse`, or both.
        rtol: The relative error that a derivative may have; by default 1e-6 for f64, 1e-3 for f32. Derivatives that are
            less than a hundredth of the largest are judged as if they were that large.
        elements: How many elements of an argument are looked at; of a larger one a sample, of which the report says so.
        seed: What chooses the sample, and the weights.
        strong_zero: Whether zero times infinity or NaN is zero in the derivative.
        unsound: What to do where Enzyme is known to get a derivative wrong, as for `grad`.

    Returns:
        The report; its text is a table.

    Raises:
        GradientMismatch: A derivative is not what differences say; it carries the report.
        TypeError: A parameter or an argument is of a kind that is not accepted.
        ValueError: There is no such function, argument or mode; or the function is not finite at this point.
        EnzymeError: Enzyme did not make anything of a derivative.
    """
    source = start(module, entry, "check_gradient", unsound)
    function = signature_of(source)
    who = f"check_gradient of {source.title}"
    chosen, _ = choose(function, wrt, who)
    if not any(is_float(output.kind) for output in function.outputs):
        raise ValueError(
            f"{who}: accepted is a function that computes floats, got {function.described()}"
        )
    wanted: list[Any] = [modes] if isinstance(modes, str) else list(modes)
    for mode in wanted:
        if mode not in MODES:
            raise ValueError(
                f"{who}: modes has {shown(mode)}, accepted are {', '.join(MODES)}"
            )
    if rtol is not None and not rtol > 0:
        raise complaining(
            ValueError, who, Complaint("rtol", shown(rtol), "a positive number")
        )
    if isinstance(elements, bool) or not isinstance(elements, int) or elements < 1:
        raise complaining(
            ValueError,
            who,
            Complaint("elements", shown(elements), "a number of at least 1"),
        )
    if isinstance(at, Mapping):
        values = source.form.flat((), dict(at), who)
    elif isinstance(at, (tuple, list)):
        values = source.form.flat(tuple(at), {}, who)
    else:
        raise complaining(
            TypeError,
            who,
            Complaint("at", shown(at), f"a tuple ({source.form.described})"),
        )
    report = check(
        source,
        chosen,
        values,
        modes=wanted,
        rtol=rtol,
        limit=elements,
        seed=seed,
        strong_zero=strong_zero,
    )
    if not report.is_right:
        raise GradientMismatch(report)
    return report
