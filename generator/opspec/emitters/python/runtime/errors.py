"""One form for every complaint: operation, parameter, what was given, what is accepted."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from typing import Any

from .complaints import Complaint, complaining
from .host import HOST, PACKAGE, foreign_host, foreign_surroundings

__all__ = [
    "both_given",
    "foreign",
    "gone",
    "is_gone",
    "nothing_current",
    "of_this_host",
    "refused",
    "shown",
    "unknown_case",
    "wrong_type",
    "wrong_value",
]


_AT_ADDRESS = re.compile(r"<(?:[\w.]*\.)?(\w+) object at 0x[0-9a-fA-F]+>")


def shown(given: object) -> str:
    """A short text of a value: its type and its first line, without addresses."""
    if isinstance(given, enum.Enum):
        return f"{type(given).__name__}.{given.name}"
    if isinstance(given, type):
        return f"the class {given.__name__}"
    if isinstance(given, int) and given.bit_length() > 512:
        return f"an int of {given.bit_length()} bits"
    try:
        text = (repr(given).splitlines() or [""])[0]
    except Exception:  # a broken repr must not hide the user's mistake
        text = ""
    name = type(given).__name__
    if not text or text.startswith("<"):
        return name
    text = _AT_ADDRESS.sub(r"\1", text)
    return f"{text if len(text) <= 80 else text[:77] + '...'} ({name})"


def _other_host(operation: str, parameter: str, given: object, host: str) -> TypeError:
    found = f"{type(given).__name__} of the host {host}"
    accepted = (
        f"objects of {HOST}, which {PACKAGE} is built on: objects of two hosts cannot be mixed; build it with "
        f"{PACKAGE}.ir, or call {PACKAGE}.use_host({host!r}) before anything else"
    )
    text = f"{parameter} is {found}, accepted are {accepted}"
    complaint = Complaint(parameter, found, accepted)
    return complaining(TypeError, operation, complaint, text)


def of_this_host(operation: str, parameter: str, given: object) -> None:
    """Raise `TypeError` where an object belongs to another host; `wrong_type` says so by itself."""
    host = foreign_host(given)
    if host is not None:
        raise _other_host(operation, parameter, given, host)


def nothing_current(operation: str, missing: str, hint: str) -> Exception:
    """The error for a location or context that is neither given nor current; `hint` says what to do.

    A `TypeError` where the current one is that of another host.
    """
    host = foreign_surroundings()
    if host is None:
        complaint = Complaint(missing, "not given", "one, or a current one")
        return complaining(ValueError, operation, complaint, hint)
    accepted = f"one of {HOST}, which {PACKAGE} is built on: objects of two hosts cannot be mixed"
    advice = (
        f"enter a context of {PACKAGE}.ir, or call "
        f"{PACKAGE}.use_host({host!r}) before anything else"
    )
    complaint = Complaint(
        f"the current {missing}", f"one of the host {host}", accepted, advice
    )
    return complaining(TypeError, operation, complaint)


def wrong_type(
    operation: str, parameter: str, given: object, accepted: str
) -> TypeError:
    """The error for a value of a kind that the parameter does not take."""
    host = foreign_host(given)
    if host is not None:
        return _other_host(operation, parameter, given, host)
    complaint = Complaint(parameter, shown(given), accepted)
    return complaining(TypeError, operation, complaint)


def wrong_value(
    operation: str, parameter: str, given: object, accepted: str
) -> ValueError:
    """The error for a value of the right kind that is out of bounds."""
    return refused(operation, parameter, shown(given), accepted)


def refused(
    operation: str, parameter: str, given: str, accepted: str, hint: str = ""
) -> ValueError:
    """The error for what is out of bounds, which is said in words."""
    complaint = Complaint(parameter, given, accepted, hint)
    return complaining(ValueError, operation, complaint)


def is_gone(operation: Any) -> bool:
    """Whether a host knows that an operation was erased."""
    try:
        return operation.context is None
    except RuntimeError:
        return True


def gone(operation: str, parameter: str) -> ValueError:
    """The error for a part of an operation that was erased, of which hosts say so without a name."""
    return refused(operation, parameter, "of an erased operation", "what exists")


def foreign(operation: str, part: str) -> ValueError:
    """The error for what belongs to another context, over which hosts abort."""
    accepted = "what belongs to the context that the operation is built in, as its location does"
    return refused(operation, part, "of another context", accepted)


def both_given(operation: str, old: str, new: str) -> TypeError:
    """The error for a parameter that is given by its name and by its old one."""
    accepted = f"{new}: {old} is its old name"
    complaint = Complaint(old, f"given beside {new}", accepted)
    text = f"{old} and {new} are both given, accepted is {accepted}"
    return complaining(TypeError, operation, complaint, text)


def _near(given: str, known: Iterable[str]) -> list[str]:
    """Those of the known words that are nearest to a given one, whatever the case of its letters."""
    from difflib import SequenceMatcher  # loaded with the first mistake

    ratios = {
        word: SequenceMatcher(None, given.lower(), word.lower()).ratio()
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
    hint = f"did you mean {listed}?" if close else ""
    accepted = f"one of {', '.join(texts)}"
    return refused(operation, parameter, shown(given), accepted, hint)
