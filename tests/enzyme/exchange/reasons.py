"""Why a module did not come back as it went in, in words: read off from what was said, never guessed."""

from __future__ import annotations

import re

from .outcomes import Kind, Outcome

__all__ = ["reason_for"]

_REASONS: tuple[tuple[str, str], ...] = (
    (r"(?P<what>\S+): its property (?P<name>\w+) would be lost", "one of host and release has no `{name}` of `{what}`"),
    (r"unregistered operation '(?P<what>[^']+)' found in dialect", "the release does not have `{what}`"),
    (r"(?P<what>\S+): Enzyme takes registered operations only", "the release does not have `{what}`"),
    (r"created with unregistered dialect", "the release knows no dialect of a type or attribute"),
    (r"unregistered dialect", "the release knows no dialect of an operation"),
    (r"'(?P<what>[^']+)' op requires attribute '(?P<name>\w+)'", "`{what}` must have `{name}` in this release"),
    (r"'(?P<what>[^']+)' op (?:operand|result) #\d+ must be .*, but got", "`{what}` takes other types in this release"),
    (
        r"'(?P<what>[^']+)' op (?:requires|expected) .*(?:region|result|operand)",
        "`{what}` has other parts in this release",
    ),
    (r"'(?P<what>[^']+)' op must be the last operation", "`{what}` ends a block in this release"),
    (
        r"'(?P<what>[^']+)' op attribute '(?P<name>\w+)' failed to satisfy",
        "`{what}` takes another `{name}` in this release",
    ),
    (r"unknown +type|no type parsing hook", "the release does not have the type"),
    (
        r"for op (?P<what>[\w.]+): .*size mismatch",
        "`{what}` has other properties in the host's MLIR than in the release's",
    ),
    (r"unknown attribute `(?P<what>\w+)", "one of host and release does not have the attribute `{what}`"),
    (r"expected valid keyword or string|expected '<'", "host and release spell an attribute differently"),
    (r"expected ':'", "custom syntax of a newer release"),
    (
        r"cannot be parsed from attr-dict when strict",
        "custom syntax of another MLIR, which neither host nor release reads",
    ),
    (r"custom op '(?P<what>[^']+)' is unknown", "neither host nor release knows `{what}`"),
    (r"Dialect `(?P<what>\w+)' not found", "neither host nor release knows the dialect `{what}`"),
    (r"properties dictionary is missing", "custom syntax of an older release"),
    (r"cannot read what Enzyme made", "the host reads no form of what the release writes"),
    (r"custom op '(?P<what>[^']+)'", "custom syntax of `{what}` of another MLIR, which neither host nor release reads"),
)
"""What is said, as a pattern, and what that means; the first that fits counts."""

_QUOTED = 160
"""Characters of what was said that are shown."""


def reason_for(outcome: Outcome) -> str:
    """The reason and what it was read off from, as Markdown without line breaks.

    Raises:
        ValueError: Nothing is known about what was said: look at it, and add a pattern.
    """
    if outcome.kind is Kind.DEFAULTS:
        return ", ".join(f"`{each}`" for each in outcome.details)
    if outcome.kind is Kind.DIFFERS:
        before, after = outcome.details
        return f"{_quote(before)} comes back as {_quote(after)}"
    (message,) = outcome.details
    for pattern, words in _REASONS:
        found = re.search(pattern, message)
        if found is not None:
            return f"{words.format_map(found.groupdict())}: {_quote(message)}"
    raise ValueError(f"no reason is known for: {message}")


def _quote(text: str) -> str:
    shown = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}..."
    return "`` " + shown.replace("|", "\\|") + " ``"
