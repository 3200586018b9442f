"""What came of many cases, as tables."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from .features import mode_name
from .running import Verdict
from .verdicts import KINDS

__all__ = ["as_data", "render"]


def render(verdicts: Sequence[Verdict], seconds: float) -> str:
    """The verdicts by feature, and why what is refused is refused."""
    total = Counter(verdict.outcome.verdict for verdict in verdicts)
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for verdict in verdicts:
        for feature in verdict.case.features if verdict.case is not None else ():
            rows[feature][verdict.outcome.verdict] += 1
    width = max(map(len, rows), default=10) + 2
    lines = [f"{'feature':{width}}" + "".join(f"{kind:>11}" for kind in KINDS)]
    for feature in sorted(rows):
        lines.append(f"{feature:{width}}" + "".join(f"{rows[feature][kind] or '':>11}" for kind in KINDS))
    lines.append(f"{'all':{width}}" + "".join(f"{total[kind]:>11}" for kind in KINDS))
    decided = sum(total[kind] for kind in KINDS) or 1
    lines.append(f"{'per cent':{width}}" + "".join(f"{100 * total[kind] / decided:>11.1f}" for kind in KINDS))
    numbers = total["right"] + total["wrong"] or 1
    lines.append(f"wrong among those that came back as numbers: {100 * total['wrong'] / numbers:.1f} %")
    points = sum(verdict.outcome.points for verdict in verdicts)
    lines.append(f"undecided: {total['undecided']}, invalid: {total['invalid']}, points given up: {points}")
    lines.append(f"{len(verdicts)} programs in {seconds:.0f} s")
    for kind in ("refused", "left over", "crash", "wrong", "undecided", "invalid"):
        reasons = Counter(verdict.outcome.why for verdict in verdicts if verdict.outcome.verdict == kind)
        if reasons:
            lines += ["", f"{kind}:"]
            lines += [f"{count:6}  {_short(reason)}" for reason, count in _grouped(reasons)]
    return "\n".join(lines)


def _grouped(reasons: Counter[str]) -> list[tuple[str, int]]:
    """Reasons that differ in values and types only are one."""
    grouped: Counter[str] = Counter()
    for reason, count in reasons.items():
        plain = re.sub(r"loc\(.*?\): |error: |@[\w.]+|%\w+ = |[ =]*(?<=operation) ", " ", reason)
        plain = re.sub(r"""(["'][a-z_]+\.[\w.]+["']).*""", r"\1", plain)
        grouped[re.sub(r"\b\d+|'[^']*x?f(32|64)[^']*'", "N", " ".join(plain.split()))] += count
    return grouped.most_common()


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
