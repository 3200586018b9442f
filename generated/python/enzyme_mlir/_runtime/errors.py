"""One form for every complaint: operation, parameter, what was given, what is accepted."""

from __future__ import annotations

import difflib
import enum
from collections.abc import Callable, Iterable

__all__ = ["raising", "shown", "unknown_case", "wrong_type", "wrong_value"]


def shown(given: object) -> str:
    """A short text of a value: its type and its first line."""
    if isinstance(given, enum.Enum):
        return f"{type(given).__name__}.{given.name}"
    try:
        text = repr(given).splitlines()[0] if repr(given) else ""
    except Exception:  # a broken repr must not hide the user's mistake
        text = ""
    name = type(given).__name__
    if not text or text.startswith("<"):
        return name
    return f"{text if len(text) <= 80 else text[:77] + '...'} ({name})"


def wrong_type(
    operation: str, parameter: str, given: object, accepted: str
) -> TypeError:
    """The error for a value of a kind that the parameter does not take."""
    return TypeError(
        f"{operation}: {parameter} is {shown(given)}, accepted is {accepted}"
    )


def wrong_value(
    operation: str, parameter: str, given: object, accepted: str
) -> ValueError:
    """The error for a value of the right kind that is out of bounds."""
    return ValueError(
        f"{operation}: {parameter} is {shown(given)}, accepted is {accepted}"
    )


def raising(operation: str) -> Callable[[str, str, str], None]:
    """Makes an error of the first finding: takes the parameter, what was given, what is accepted."""

    def report(parameter: str, given: str, accepted: str) -> None:
        raise ValueError(f"{operation}: {parameter} is {given}, accepted is {accepted}")

    return report


def _near(given: str, known: Iterable[str]) -> list[str]:
    """Those of the known words that are nearest to a given one, whatever the case of its letters."""
    ratios = {
        word: difflib.SequenceMatcher(None, given.lower(), word.lower()).ratio()
        for word in known
    }
    best = max(ratios.values(), default=0.0)
    near = [word for word in ratios if ratios[word] >= max(0.6, best - 0.1)]
    return sorted(near, key=lambda word: -ratios[word])[:3]


def unknown_case(
    operation: str,
    parameter: str,
    given: object,
    cases: Iterable[str],
    names: Iterable[str] = (),
) -> ValueError:
    """The error for an enum case that does not exist, with the nearest ones, by their texts or their Python names."""
    texts = list(cases)
    close = (
        [repr(word) for word in _near(given, texts)] if isinstance(given, str) else []
    )
    if not close and isinstance(given, str):
        close = [repr(word) for word in _near(given, names)]
    listed = " or ".join(filter(None, [", ".join(close[:-1]), *close[-1:]]))
    hint = f"; did you mean {listed}?" if close else ""
    return ValueError(
        f"{operation}: {parameter} is {shown(given)}, accepted is one of {', '.join(texts)}{hint}"
    )
