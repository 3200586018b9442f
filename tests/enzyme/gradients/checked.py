"""The derivatives that are compared with analytic ones, as rows of tables, measured whenever they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from enzyme_mlir import lowering

from .cases import MODES, TOLERANCE, Case
from .checks import Check, error_of
from .flow import FLOW_CASES
from .measure import DIFFERENCE, measure
from .memory import MEMORY_CHECKS
from .modes import MODE_CHECKS
from .own import OWN_CASES
from .prose import paragraph
from .scalar import SCALAR_CASES

__all__ = ["CHECKED", "Row", "measured_rows", "render_checked"]

CHECKED: dict[str, Sequence[Case] | Sequence[Check]] = {
    "Operations of `arith` and `math`": SCALAR_CASES,
    "Control flow and calls": FLOW_CASES,
    "Memory, tensors and complex numbers of a function's own": OWN_CASES,
    "Memrefs and tensors of the caller": MEMORY_CHECKS,
    "Modes": MODE_CHECKS,
}
"""All that is compared, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    name: str
    mode: str
    error: float | None
    """The worst relative error; None where it was refused."""
    tolerance: float
    difference: float | None = None
    """The worst relative error of finite differences."""
    note: str = ""


def measured_rows(enzyme: Path | None = None) -> dict[str, list[Row]]:
    """Everything, measured with the Enzyme in use or in a folder, by title."""
    return {title: [row for each in measured for row in rows_of(each, enzyme)] for title, measured in CHECKED.items()}


def rows_of(each: Case | Check, enzyme: Path | None) -> Iterator[Row]:
    """The lines for what is compared: one for each mode."""
    if isinstance(each, Check):
        try:
            yield Row(each.name, each.mode, error_of(each, enzyme), each.tolerance, note=each.why)
        except lowering.EnzymeError as error:
            yield Row(each.name, each.mode, None, each.tolerance, note=said(str(error)))
        return
    for mode in MODES:
        found = measure(each, mode, enzyme)
        if found.refusal:
            yield Row(each.name, mode, None, each.tolerance, note=said(found.refusal))
        else:
            yield Row(each.name, mode, found.error, each.tolerance, found.difference, each.why)


def said(message: str) -> str:
    """The heart of a refusal."""
    lines = [line for line in message.splitlines() if "error: " in line] or message.splitlines()
    text = lines[0].partition("error: ")[2] or lines[0]
    if text.startswith("Enzyme is known"):
        text = message.splitlines()[2].strip()
    text = re.sub(r'^"-":\d+:\d+: |%[\w:]+ = |<\{.*?\}>', "", text)
    return " ".join(text.split())[:100]


def render_checked(measured: dict[str, list[Row]], release: str) -> str:
    """The section of all that is compared."""
    rows = [row for section in measured.values() for row in section]
    exact = [row for row in rows if row.error is not None and row.tolerance <= TOLERANCE]
    worst = max(exact, key=lambda row: row.error or 0.0)
    refused = sum(row.error is None for row in rows)
    head = paragraph(
        f"These are {len(rows)} derivatives with Enzyme {release}, of which {refused} are refused, in the words that "
        "are cited. The tests in `tests/enzyme/gradients` check the same. Each is asked for as users do "
        "(`lowering.run`, `jit.compile`), run, and compared; the errors are the worst relative ones over all points "
        "and components (absolute where zero is right). Finite differences are central, extrapolated once, and may be "
        f"off by {DIFFERENCE:.0e}. The worst error in f64 is {worst.error:.1e} ({worst.name}, {worst.mode}); allowed "
        f"is {TOLERANCE:.0e}, except where a remark says why not."
    )
    title = "## Every derivative that is compared with an analytic one"
    return "\n".join([title, "", head, "", *(render(title, section) for title, section in measured.items())])


def render(title: str, rows: Sequence[Row]) -> str:
    """A table."""
    lines = [
        f"### {title}",
        "",
        "| what | mode | error | finite differences | remarks |",
        "| --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        note = row.note.replace("|", "\\|")
        if row.error is None:
            lines.append(f"| {row.name} | {row.mode} | refused | | `{note}` |")
            continue
        allowed = "" if row.tolerance <= TOLERANCE else f"allowed is {row.tolerance:.0e}: "
        difference = "" if row.difference is None else f"{row.difference:.0e}"
        lines.append(f"| {row.name} | {row.mode} | {row.error:.1e} | {difference} | {allowed}{note} |")
    return "\n".join(lines) + "\n"
