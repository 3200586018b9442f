"""The report for programs; its schema is `diff.schema.json`."""

from __future__ import annotations

import json

from opspec.diagnostics import is_visible
from opspec.diff.accept import Acceptance
from opspec.diff.changes import Change, Side
from opspec.diff.locate import Sheets
from opspec.diff.report.model import Report
from opspec.diff.rules import rule_of

__all__ = ["render_json"]


def _side(side: Side | None, sheets: Sheets) -> dict[str, object] | None:
    if side is None:
        return None
    location = sheets.location(side.place)
    return {
        "place": str(side.place),
        "key": side.place.key,
        "facts": side.facts,
        "path": location.path,
        "line": location.line,
        "column": location.column,
    }


def _acceptance(entry: Acceptance) -> dict[str, object]:
    return {key: getattr(entry, key) for key in ("fingerprint", "rule", "place", "reason", "date")}


def _change(report: Report, change: Change, entry: Acceptance | None) -> dict[str, object]:
    candidate = change.candidate
    return {
        "rule": change.rule,
        "title": rule_of(change.rule).title,
        "fingerprint": change.fingerprint,
        "level": change.level.word,
        "bump": change.bump.word,
        "tiers": {verdict.tier.value: verdict.level.word for verdict in change.verdicts},
        "variant": change.variant,
        "candidate": {"score": candidate.score, "why": list(candidate.why)} if candidate is not None else None,
        "old": _side(change.old, report.old.sheets),
        "new": _side(change.new, report.new.sheets),
        "hint": change.hint,
        "witness": report.witness(change) or None,
        "accepted": _acceptance(entry) if entry is not None else None,
    }


def _griffe(report: Report) -> dict[str, object] | None:
    check = report.griffe
    if check is None:
        return None
    findings = [{"path": f.path, "what": f.what, "explained_by": list(f.explained_by)} for f in check.findings]
    return {"findings": findings, "unseen": list(check.unseen)}


def render_json(report: Report) -> str:
    """The report as JSON."""
    changes = [_change(report, change, None) for change in report.verdicts.open]
    changes += [_change(report, change, entry) for change, entry in report.verdicts.accepted]
    value = {
        "schema": "opspec/diff/1",
        "old": {"label": report.old.label, "provenance": report.old.provenance},
        "new": {"label": report.new.label, "provenance": report.new.provenance},
        "fail_on": report.fail_on.word,
        "fails": report.fails,
        "bump": report.bump.word,
        "counts": {count.rule: count.number for count in report.counts()},
        "changes": changes,
        "stale": [_acceptance(entry) for entry in report.verdicts.stale],
        "surface": _griffe(report),
        "notes": list(report.notes),
    }
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return "".join(c if c == "\n" or is_visible(c) else json.dumps(c)[1:-1] for c in text)
