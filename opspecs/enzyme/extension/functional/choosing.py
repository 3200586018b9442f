"""Which arguments are meant: by position or by name, one or several."""

from __future__ import annotations

from collections.abc import Sequence

from .._runtime.complaints import Complaint, complaining
from .._runtime.errors import shown, unknown_case
from .signature import Signature, is_float, is_scalar

__all__ = ["Wrt", "check_scalar", "choose", "position_of"]

Wrt = int | str | Sequence[int | str] | None
"""Arguments to differentiate by: a position, a name, several of them, or None for all floats."""


def position_of(key: object, names: Sequence[str], parameter: str, who: str) -> int:
    """The position of an argument that is given by position or by name."""
    last = len(names) - 1
    if isinstance(key, str):
        name = key.removeprefix("%")
        if name in names:
            return names.index(name)
        raise unknown_case(who, parameter, key, names)
    if isinstance(key, bool) or not isinstance(key, int):
        raise complaining(
            TypeError,
            who,
            Complaint(
                parameter,
                shown(key),
                f"the position of an argument, 0 to {last}, or its name: {', '.join(names)}",
            ),
        )
    if not 0 <= key <= last:
        raise complaining(
            ValueError,
            who,
            Complaint(
                parameter,
                f"{key}",
                f"the position of an argument, 0 to {last}, or its name: {', '.join(names)}",
            ),
        )
    return key


def choose(function: Signature, wrt: Wrt, who: str) -> tuple[tuple[int, ...], bool]:
    """The inputs to differentiate by, and whether there is one derivative by itself.

    Raises:
        TypeError: `wrt` is none of what is accepted.
        ValueError: An argument is not there, named twice, or has no derivative.
    """
    names = [one.name for one in function.inputs]
    floats = [
        number for number, one in enumerate(function.inputs) if is_float(one.kind)
    ]
    if wrt is None:
        if not floats:
            raise complaining(
                ValueError,
                who,
                Complaint(
                    "wrt",
                    "None",
                    f"a function with an argument of floats, got {function.described()}",
                ),
            )
        return tuple(floats), len(floats) == 1
    is_single = isinstance(wrt, int | str)
    if not is_single and not isinstance(wrt, Sequence):
        raise complaining(
            TypeError,
            who,
            Complaint(
                "wrt",
                shown(wrt),
                "the position of an argument, its name, or a sequence of those",
            ),
        )
    keys: Sequence[object] = [wrt] if isinstance(wrt, int | str) else list(wrt)
    chosen = [position_of(key, names, "wrt", who) for key in keys]
    if not chosen:
        raise complaining(
            ValueError, who, Complaint("wrt", f"{wrt!r}", "at least one argument")
        )
    for number in chosen:
        one = function.inputs[number]
        if number not in floats:
            listed = ", ".join(names[each] for each in floats) or "none"
            raise ValueError(
                f"{who}: wrt names {one.name}, which is {one.kind}, accepted are arguments of floats: {listed}"
            )
        if chosen.count(number) > 1:
            raise complaining(
                ValueError, who, Complaint("wrt", f"{wrt!r}", "every argument once")
            )
    return tuple(chosen), is_single


def check_scalar(function: Signature, who: str) -> None:
    """Refuse a function whose value is not one float."""
    tree = function.tree
    if isinstance(tree, int):
        output = function.outputs[tree]
        if is_float(output.kind) and is_scalar(output.kind):
            return
    raise ValueError(
        f"{who}: accepted is a function that returns one float, got {function.described()}; vjp takes seeds for others"
    )
