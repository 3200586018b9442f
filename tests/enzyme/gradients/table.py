"""The list of all derivatives that are checked, with their errors: `python -m tests.enzyme.gradients.table [FILE]`.

It differentiates, compiles and measures everything again, and writes Markdown.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from .cases import TOLERANCE, Case
from .checks import Check, error_of, verdicts_on
from .flow import FLOW_CASES
from .measure import DIFFERENCE, MODES, differentiated, measure
from .memory import MEMORY_CHECKS
from .modes import MODE_CHECKS
from .scalar import SCALAR_CASES


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    name: str
    mode: str
    error: float | None
    """The worst relative error; None where it was refused."""
    tolerance: float
    difference: float | None = None
    """The worst relative error of finite differences."""
    note: str = ""


def of_cases(cases: Sequence[Case]) -> Iterator[Row]:
    """Functions of floats, in both modes."""
    verdicts = differentiated(cases)
    for case in cases:
        for mode in MODES:
            found = measure(case, mode, verdicts[case.name, mode])
            if found.refusal:
                yield Row(case.name, mode, None, case.tolerance, note=said(found.refusal))
            else:
                yield Row(case.name, mode, found.error, case.tolerance, found.difference, case.why)


def of_checks(checks: Sequence[Check]) -> Iterator[Row]:
    """What takes more than floats."""
    verdicts = verdicts_on(checks)
    for check in checks:
        verdict = verdicts[check.name, check.mode]
        if verdict.text is None:
            yield Row(check.name, check.mode, None, check.tolerance, note=said(verdict.message))
        else:
            yield Row(check.name, check.mode, error_of(check, verdict), check.tolerance, note=check.why)


def said(message: str) -> str:
    """The heart of a refusal, in Enzyme's or MLIR's words."""
    lines = [line for line in message.splitlines() if "error: " in line] or message.splitlines()
    text = lines[0].partition("error: ")[2] or lines[0]
    text = re.sub(r'^"-":\d+:\d+: |%[\w:]+ = |<\{.*?\}>', "", text)
    return " ".join(text.split())[:100]


def render(title: str, rows: Sequence[Row]) -> str:
    """A section."""
    lines = [
        f"## {title}",
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


def sections() -> dict[str, list[Row]]:
    """Everything, measured."""
    return {
        "Operations of `arith` and `math`": list(of_cases(SCALAR_CASES)),
        "Control flow, calls and memory of a function's own": list(of_cases(FLOW_CASES)),
        "Memrefs and tensors": list(of_checks(MEMORY_CHECKS)),
        "Modes": list(of_checks(MODE_CHECKS)),
    }


def build() -> str:
    """The whole list."""
    measured = sections()
    rows = [row for section in measured.values() for row in section]
    exact = [row for row in rows if row.error is not None and row.tolerance <= TOLERANCE]
    worst = max(exact, key=lambda row: row.error or 0.0)
    refused = sum(row.error is None for row in rows)
    head = f"""# Derivatives that are checked

Made by `python -m tests.enzyme.gradients.table docs/derivatives.md` with Enzyme {version("enzyme_ad")}; the tests in
`tests/enzyme/gradients` check the same. Each derivative is built, expanded by the real Enzyme, compiled, run and
compared with the analytic one; the errors are the worst relative ones over all points and components (absolute where
zero is right). Finite differences are central, extrapolated once, and may be off by {DIFFERENCE:.0e}.

These are {len(rows)} derivatives, of which Enzyme, or MLIR behind it, refuses {refused} in the words that are cited.
The worst error in f64 is {worst.error:.1e} ({worst.name}, {worst.mode}); allowed is {TOLERANCE:.0e}, except where a
remark says why not.
"""
    return "\n".join([head, *(render(title, section) for title, section in measured.items())])


def main() -> None:
    """Write the list to the file that is named, or to standard output."""
    text = build()
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
