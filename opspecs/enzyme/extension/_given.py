"""What callers give to functions that start something, checked before anything is started."""

from __future__ import annotations

import math
import numbers
import os
from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

from ._runtime.complaints import Complaint, complaining
from ._runtime.host import ir

__all__ = [
    "MODES",
    "STAGES",
    "UNSOUND",
    "Mode",
    "Stage",
    "Unsound",
    "check_count",
    "check_enzyme",
    "check_flag",
    "check_memory",
    "check_module",
    "check_paths",
    "check_progress",
    "check_seconds",
    "check_texts",
]

Mode: TypeAlias = Literal["forward", "reverse"]
"""A mode of differentiation."""

Stage: TypeAlias = Literal["given", "built", "lowered"]
"""How far the IR of a derivative has come."""

Unsound: TypeAlias = Literal["refuse", "warn", "allow"]
"""What to do about derivatives that Enzyme is known to get wrong."""

MODES: tuple[Mode, ...] = ("forward", "reverse")
STAGES: tuple[Stage, ...] = ("given", "built", "lowered")
UNSOUND: tuple[Unsound, ...] = ("refuse", "warn", "allow")

_IR: Any = ir
_MOST_MEMORY = 2**63 - 1


def _kind(given: object) -> str:
    return "None" if given is None else f"{type(given).__name__} {given!r:.80}"


def check_seconds(
    given: object, who: str, name: str = "timeout", *, least_is_zero: bool = False
) -> None:
    """Refuse what is no number of seconds; raises `TypeError` and `ValueError`."""
    wanted = "seconds, 0 or more" if least_is_zero else "seconds above 0"
    if isinstance(given, bool) or not isinstance(given, numbers.Real):
        raise complaining(TypeError, who, Complaint(name, _kind(given), wanted))
    number = float(given)
    if not math.isfinite(number) or number < 0 or not (number or least_is_zero):
        raise complaining(ValueError, who, Complaint(name, f"{given!r}", wanted))


def check_count(given: object, who: str, name: str) -> None:
    """Refuse what is no number of things above 0; None stands for the default."""
    if given is None:
        return
    if isinstance(given, bool) or not isinstance(given, numbers.Integral):
        raise complaining(
            TypeError, who, Complaint(name, _kind(given), "an int, 1 or more")
        )
    if int(given) < 1:
        raise complaining(
            ValueError, who, Complaint(name, f"{given}", "an int, 1 or more")
        )


def check_memory(given: object, who: str) -> None:
    """Refuse what is no number of bytes; None stands for the default."""
    check_count(given, who, "memory")
    if isinstance(given, numbers.Integral) and int(given) > _MOST_MEMORY:
        raise complaining(
            ValueError,
            who,
            Complaint("memory", f"{given} bytes", f"at most {_MOST_MEMORY}"),
        )


def check_module(given: object, who: str) -> None:
    """Refuse what is neither a module nor a text; raises `TypeError`."""
    if not isinstance(given, (str, _IR.Module)):
        hint = (
            ": str(operation) is its text" if isinstance(given, _IR.Operation) else ""
        )
        raise complaining(
            TypeError,
            who,
            Complaint(
                "the module",
                f"of type {type(given).__name__}",
                f"an ir.Module or a text{hint}",
            ),
        )


def check_texts(given: object, who: str) -> None:
    """Refuse what is no sequence of texts, above all a single text; raises `TypeError`."""
    if isinstance(given, (str, bytes)) or not hasattr(given, "__iter__"):
        raise complaining(
            TypeError,
            who,
            Complaint(
                "modules", f"of type {type(given).__name__}", "a sequence of texts"
            ),
        )
    if not hasattr(given, "__len__"):
        return  # what is read once cannot be looked at before
    texts: Any = given
    for position, each in enumerate(texts):
        if not isinstance(each, str):
            raise complaining(
                TypeError,
                who,
                Complaint(
                    f"modules[{position}]", f"of type {type(each).__name__}", "a text"
                ),
            )


def check_enzyme(given: object, who: str) -> None:
    """Refuse what is no path of a folder; None stands for the default."""
    if given is not None and not isinstance(given, (str, os.PathLike)):
        raise complaining(
            TypeError, who, Complaint("enzyme", _kind(given), "the path of a folder")
        )


def check_flag(given: object, who: str, name: str) -> None:
    """Refuse what is no truth value, above all a text, which is true whatever it says; raises `TypeError`."""
    if not isinstance(given, bool):
        raise complaining(
            TypeError, who, Complaint(name, _kind(given), "True or False")
        )


def check_paths(given: object, who: str, name: str) -> None:
    """Refuse what is no sequence of paths, above all a single one; raises `TypeError`."""
    wanted = "a list of paths"
    if isinstance(given, (str, bytes)):
        raise complaining(TypeError, who, Complaint(name, "a text", wanted))
    paths: Any = given
    if not isinstance(given, Sequence):
        raise complaining(TypeError, who, Complaint(name, _kind(given), wanted))
    for position, each in enumerate(paths):
        if not isinstance(each, (str, os.PathLike)):
            raise complaining(
                TypeError, who, Complaint(f"{name}[{position}]", _kind(each), wanted)
            )


def check_progress(given: object, who: str) -> None:
    """Refuse what cannot be called; None stands for the default. Raises `TypeError`."""
    if given is not None and not callable(given):
        raise complaining(
            TypeError,
            who,
            Complaint("progress", _kind(given), "a function of the progress"),
        )
