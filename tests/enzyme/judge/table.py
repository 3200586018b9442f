"""What came of many cases, as tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from .features import mode_name
from .running import Verdict
from .verdicts import KINDS, plain_reason

__all__ = ["as_data", "render"]


SECTIONS: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    "modes": (("reverse", "forward", "batch of", "enzyme.", "width in"), frozenset()),
    "activities": (
        (),
        frozenset(
            {
                "const argument",
                "const memory",
                "const result",
                "constnoneed argument",
                "dupnoneed memory",
                "dup result in reverse mode",
            }
        ),
    ),
    "control flow": (
        ("scf.", "affine.for", "affine.if", "affine.parallel", "parallel reduction"),
        frozenset(
            {
                "bounds known at run time",
                "branch in a loop",
                "constant start value",
                "lower bound",
                "nested loops",
                "no trip",
                "one trip",
                "several carried values",
                "step",
                "swapped values",
                "triangular loop",
                "unused result",
            }
        ),
    ),
    "calls": (("func.call", "call with", "nested call", "recursion", "several results"), frozenset()),
    "structured operations and tensors": (
        ("linalg.", "tensor", "arithmetic on tensors", "matmul", "fill with"),
        frozenset(),
    ),
    "numbers": (("arith.", "math.", "complex.", "f32"), frozenset()),
}
"""The parts of the table: how features of each begin, and which others belong there; the rest is about memory."""


def section_of(feature: str) -> str:
    """The part of the table that a feature stands in."""
    for section, (beginnings, names) in SECTIONS.items():
        if feature in names or feature.startswith(beginnings):
            return section
    return "memory"


def render(verdicts: Sequence[Verdict], seconds: float) -> str:
    """The verdicts by feature, and why what is refused is refused."""
    total = Counter(verdict.outcome.verdict for verdict in verdicts)
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for verdict in verdicts:
        for feature in verdict.case.features if verdict.case is not None else ():
            rows[feature][verdict.outcome.verdict] += 1
    width = max(map(len, rows), default=10) + 2
    header = "".join(f"{kind:>11}" for kind in KINDS)
    lines = [f"{'feature':{width}}{header}"]
    for section in (*SECTIONS, "memory"):
        found = sorted(feature for feature in rows if section_of(feature) == section)
        if found:
            lines += ["", f"-- {section}"]
        for feature in found:
            lines.append(f"{feature:{width}}" + "".join(f"{rows[feature][kind] or '':>11}" for kind in KINDS))
    lines += ["", f"{'all':{width}}" + "".join(f"{total[kind]:>11}" for kind in KINDS)]
    decided = sum(total[kind] for kind in KINDS) or 1
    lines.append(f"{'per cent':{width}}" + "".join(f"{100 * total[kind] / decided:>11.1f}" for kind in KINDS))
    numbers = total["right"] + total["wrong"] or 1
    lines.append(f"wrong among those that came back as numbers: {100 * total['wrong'] / numbers:.1f} %")
    points = sum(verdict.outcome.points for verdict in verdicts)
    lines.append(f"undecided: {total['undecided']}, invalid: {total['invalid']}, points given up: {points}")
    lines.append(f"{len(verdicts)} programs in {seconds:.0f} s")
    for kind in ("refused", "left over", "crash", "wrong", "undecided", "invalid"):
        reasons = Counter(plain_reason(each.outcome.why) for each in verdicts if each.outcome.verdict == kind)
        if reasons:
            lines += ["", f"{kind}:", *(f"{count:6}  {_short(reason)}" for reason, count in reasons.most_common())]
    return "\n".join(lines)


def _short(text: str, limit: int = 170) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 3] + "..."


def as_data(verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    """The verdicts for other programs to read."""
    return [
        {
            "case": verdict.case and verdict.case.name,
            "mode": verdict.case and mode_name(verdict.case.mode),
            "verdict": verdict.outcome.verdict,
            "stage": verdict.outcome.stage,
            "why": verdict.outcome.why,
            "detail": verdict.outcome.detail,
            "features": sorted(verdict.case.features) if verdict.case is not None else [],
        }
        for verdict in verdicts
    ]
