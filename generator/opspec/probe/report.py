"""The outcome of a probe for people: findings of the command, and a page of documentation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from opspec.model.dialect import Dialect
from opspec.probe.items import Item, Status
from opspec.probe.probe import Findings
from opspec.reports import Finding

__all__ = ["probe_findings", "probe_page", "summary"]

_LEVELS = {Status.AGREES: "agrees", Status.UNKNOWN: "warning"}
_COLUMNS = (
    (Status.AGREES, "agree"),
    (Status.MISSING, "missing"),
    (Status.EXTRA, "extra"),
    (Status.SPELLED, "spelled"),
    (Status.REQUIRED, "required"),
    (Status.COUNTED, "counted"),
    (Status.TYPED, "typed"),
    (Status.UNKNOWN, "unknown"),
)


def summary(release: str, dialects: Sequence[Dialect], findings: Findings) -> str:
    """How much agrees, in a line for each dialect and one for all."""
    lines = []
    for dialect in dialects:
        items = [item for item in findings.items if item.dialect == dialect.name]
        lines.append(f"{dialect.name}: {_counted(items)}")
    return "\n".join([*lines, f"Enzyme {release}: {_counted(findings.items)}"])


def _counted(items: Sequence[Item]) -> str:
    counts = Counter(item.status for item in items)
    words = [f"{counts[status]} {status.value}" for status in Status if counts[status] and status is not Status.AGREES]
    return ", ".join([f"{counts[Status.AGREES]} of {len(items)} agree", *words])


def probe_findings(release: str, findings: Findings, *, with_agreement: bool) -> tuple[Finding, ...]:
    """What is to be reported: the disagreements and doubts, and, if wanted, what agrees."""
    return tuple(
        Finding(
            _LEVELS.get(item.status, "error"),
            f"probe-{item.status.value}",
            f"{item.name}: {item.note or item.status.value}",
            item.location,
            "",
            _detail(release, item),
        )
        for item in findings.items
        if with_agreement or item.status is not Status.AGREES
    )


def _detail(release: str, item: Item) -> str:
    lines = [f"{item.location}: {item.name}: {item.note or item.status.value} [probe-{item.status.value}]"]
    if item.message:
        lines.append(f"  Enzyme {release}: {item.message}")
    if item.module:
        lines += ["  of:", *(f"    {line}" for line in item.module.splitlines())]
    return "\n".join(lines)


def probe_page(release: str, dialects: Sequence[Dialect], findings: Findings) -> str:
    """A page in Markdown: how much agrees, and for each disagreement what Enzyme said of which IR."""
    lines = [
        "<!-- Written by `opspec probe --pages`. Do not edit. -->",
        f"# Enzyme {release} and the specs",
        "",
        "Every operation, attribute of an operation, attribute and type definition and enum case of the specs was",
        "built as IR and handed to this release; what it says is set against what the spec says. What only the binary",
        "has are strings of its library that it knows as operations, attributes, types when they are tried.",
        "",
        f"| dialect | compared | {' | '.join(title for _, title in _COLUMNS)} |",
        f"| --- | ---: | {' | '.join('---:' for _ in _COLUMNS)} |",
    ]
    for dialect in dialects:
        lines.append(_row(dialect.name, [item for item in findings.items if item.dialect == dialect.name]))
    lines.append(_row("all", findings.items))
    for dialect in dialects:
        found = [i for i in findings.items if i.dialect == dialect.name and i.status is not Status.AGREES]
        if found:
            lines += ["", f"## {dialect.name}"]
        for item in found:
            lines += ["", *_entry(item)]
    return "\n".join(lines) + "\n"


def _row(name: str, items: Sequence[Item]) -> str:
    counts = Counter(item.status for item in items)
    return f"| {name} | {len(items)} | {' | '.join(str(counts[status]) for status, _ in _COLUMNS)} |"


def _entry(item: Item) -> list[str]:
    message = re.sub(r"`+", "'", item.message)
    lines = [f"- **`{item.name}`** {item.status.value}: {item.note}.", f"  Enzyme: `{message}`"]
    if item.module:
        lines += ["", "  ```mlir", *(f"  {line}".rstrip() for line in item.module.splitlines()), "  ```"]
    return lines
