"""Changes that somebody looked at and accepts: `accepted.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostics, Location
from opspec.diff.changes import Change
from opspec.spec.nodes import ListNode, MapNode, text_of
from opspec.spec.reading import read_yaml
from opspec.spec.schema import validate

__all__ = ["Acceptance", "Verdicts", "accepted_text", "divide", "read_accepted"]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An entry of `accepted.yaml`. `rule` and `place` are for readers; the fingerprint decides."""

    fingerprint: str
    rule: str
    place: str
    reason: str
    date: str
    location: Location


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Changes as divided by a list of accepted ones; `stale` are the entries that no change answers to."""

    open: tuple[Change, ...]
    accepted: tuple[tuple[Change, Acceptance], ...] = ()
    stale: tuple[Acceptance, ...] = ()


def read_accepted(path: Path) -> tuple[Acceptance, ...]:
    """The entries of a file. Raises `SpecError` for mistakes in it, `ToolError` where it cannot be read."""
    diagnostics = Diagnostics()
    root = read_yaml(path, diagnostics)
    entries: list[Acceptance] = []
    if root is not None:
        validate(root, "accepted", diagnostics)
        listed = root.get("changes")
        first: dict[str, Location] = {}
        for node in listed.items if isinstance(listed, ListNode) else ():
            if isinstance(node, MapNode):
                entry = Acceptance(
                    text_of(node, "fingerprint"),
                    text_of(node, "rule"),
                    text_of(node, "place"),
                    text_of(node, "reason"),
                    text_of(node, "date"),
                    node.location,
                )
                if entry.fingerprint in first:
                    message = f"the change {entry.fingerprint} is accepted twice"
                    diagnostics.report("duplicate-key", message, node.location, "keep one of the two")
                first.setdefault(entry.fingerprint, node.location)
                entries.append(entry)
    diagnostics.raise_if_any()
    return tuple(entries)


def divide(changes: Sequence[Change], accepted: Sequence[Acceptance]) -> Verdicts:
    """Which changes are accepted, which are not, and which entries are of no use any more."""
    by_fingerprint = {entry.fingerprint: entry for entry in accepted}
    found = {change.fingerprint for change in changes}
    return Verdicts(
        tuple(change for change in changes if change.fingerprint not in by_fingerprint),
        tuple((c, by_fingerprint[c.fingerprint]) for c in changes if c.fingerprint in by_fingerprint),
        tuple(entry for entry in accepted if entry.fingerprint not in found),
    )


def accepted_text(entries: Iterable[Acceptance], changes: Iterable[Change], reason: str, date: str) -> str:
    """The text of `accepted.yaml` with these entries, and with one for each of the changes."""
    rows = [
        {"fingerprint": e.fingerprint, "rule": e.rule, "place": e.place, "reason": e.reason, "date": e.date}
        for e in entries
    ]
    rows += [
        {"fingerprint": c.fingerprint, "rule": c.rule, "place": str(c.place), "reason": reason, "date": date}
        for c in changes
    ]
    head = "# Changes that somebody looked at and accepts. `opspec diff --accept REASON` adds to the list.\n"
    body = yaml.safe_dump(
        {"schema": "opspec/accepted/1", "changes": rows}, sort_keys=False, allow_unicode=True, width=110
    )
    return head + body
