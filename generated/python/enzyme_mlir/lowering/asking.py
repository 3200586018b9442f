"""Enzyme asked to read a text, and what host and Enzyme say of one that they cannot read."""

from __future__ import annotations

import os

from .._runtime.complaints import Complaint, complaining
from .._runtime.host import HOST
from ..releases import RELEASES
from .errors import EnzymeError, EnzymeRefusal
from .sentences import name_unregistered
from .sources import Sent
from .tasks import default_memory, run_tasks
from .verdict import Verdict

__all__ = [
    "ask",
    "check_release",
    "failure",
    "host_says",
    "with_host",
]

TIMEOUT = 300.0
"""Seconds that Enzyme may take to read a text."""


def ask(text: str, form: str, enzyme: str | os.PathLike[str] | None) -> Verdict:
    """What Enzyme makes of a text that it only reads; `form` is how it prints it."""
    task = (text, "")
    memory = default_memory()
    (verdict,) = run_tasks([task], TIMEOUT, memory, None, enzyme, None, form=form)
    return verdict


def failure(verdict: Verdict, sent: Sent) -> EnzymeError:
    """The exception for a text that Enzyme did not read, with places in the user's text."""
    kind = verdict.kind or EnzymeError
    if kind is EnzymeRefusal:
        said = verdict.stderr or verdict.error
        message = sent.explain(name_unregistered(said, sent.text))
    else:
        message = f"{sent.name}: {sent.explain(verdict.message)}"
    return kind(message, stderr=verdict.stderr, signal_number=verdict.signal)


def host_says(error: Exception, sent: Sent) -> str:
    """The host's first complaint of a text as `name:line:column: error: ...`."""
    lines = str(error).splitlines()
    first = next((line for line in lines if line.startswith("error: ")), lines[-1])
    shown = sent.explain(first).removeprefix("error: ")
    place, separator, words = shown.partition(": ")
    return f"{place}: error: {words}" if separator else place


def with_host(error: EnzymeError, said: str) -> EnzymeError:
    """An error of Enzyme's with the host's words as well, where they are others."""
    if said in error.message:
        return error
    return type(error)(
        f"{error.message}\n{HOST} cannot read it either: {said}",
        stderr=error.stderr,
        signal_number=error.signal,
    )


def check_release(release: str | None, who: str) -> None:
    """Refuse a release that is unknown.

    Raises:
        ValueError: It is none of `RELEASES`, nor None.
    """
    if release is not None and release not in RELEASES:
        raise complaining(
            ValueError,
            who,
            Complaint("release", f"{release!r}", f"one of {', '.join(RELEASES)}"),
        )
