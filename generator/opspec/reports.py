"""Findings in the formats that people and tools read."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence

import click

from opspec.annotations import message, parameter
from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostic, Location, render
from opspec.emitters.markdown import code, fenced, words
from opspec.emitters.output import Drift
from opspec.terminal import is_quiet, paint_findings, say

__all__ = ["FORMATS", "Finding", "diagnostic_findings", "drift_findings", "print_report", "report"]

FORMATS = ("text", "json", "markdown", "html", "github")


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of a reporting command; `detail` is the whole text, `message` its first line."""

    level: str
    code: str
    message: str
    location: Location
    hint: str
    detail: str


def diagnostic_findings(diagnostics: Sequence[Diagnostic]) -> tuple[Finding, ...]:
    """Diagnostics as findings."""
    return tuple(
        Finding(
            level="warning" if found.is_warning else "error",
            code=found.code,
            message=found.message,
            location=found.location,
            hint=found.hint,
            detail=render(found),
        )
        for found in diagnostics
    )


def drift_findings(drifts: Sequence[Drift], root: str) -> tuple[Finding, ...]:
    """Files out of sync as findings."""
    words = {"changed": "differs from what the specs say", "missing": "is missing", "stale": "is no longer generated"}
    findings = []
    for drift in drifts:
        path = f"{root}/{drift.path}"
        by_hand = ", since somebody changed it" if drift.advice else ""
        message = f"{path} {words[drift.kind]}{by_hand}"
        hint = drift.advice or "run `opspec generate`"
        head = f"{drift.kind}{' by hand' if drift.advice else ''}: {path}"
        detail = f"{head}\n{drift.diff}".rstrip("\n") + f"\n  hint: {hint}" * bool(drift.advice)
        findings.append(Finding("error", f"drift-{drift.kind}", message, Location(path), hint, detail))
    return tuple(findings)


def _json(title: str, findings: Sequence[Finding]) -> str:
    rows = [
        {
            "level": f.level,
            "code": f.code,
            "message": f.message,
            "path": f.location.path,
            "line": f.location.line,
            "column": f.location.column,
            "hint": f.hint,
        }
        for f in findings
    ]
    return json.dumps({"summary": title, "findings": rows}, indent=2)


def _markdown(title: str, findings: Sequence[Finding]) -> str:
    blocks = ["\n".join(f"**{words(line.strip())}**" for line in title.splitlines())]
    for f in findings:
        where = code(str(f.location), in_table=False)
        blocks.append(f"- {where} {words(f.message)} (`{f.code}`)\n\n" + _indent(fenced(f.detail)))
    return "\n\n".join(blocks)


def _indent(text: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in text.splitlines())


def _html(title: str, findings: Sequence[Finding]) -> str:
    items = "\n".join(f"<li><pre>{html.escape(f.detail)}</pre></li>" for f in findings)
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">'
        f"<title>{html.escape(title)}</title></head>\n<body>\n<h1>{html.escape(title)}</h1>\n"
        f"<ol>\n{items}\n</ol>\n</body>\n</html>"
    )


def _github(findings: Sequence[Finding]) -> str:
    return "\n".join(
        f"::{f.level} file={parameter(f.location.path)},line={f.location.line},col={f.location.column},"
        f"title={parameter(f.code)}::{message(f.message + (f'; {f.hint}' if f.hint else ''))}"
        for f in findings
    )


def report(title: str, findings: Sequence[Finding], style: str) -> str:
    """The findings in one of `FORMATS`; `title` sums them up."""
    if style == "json":
        return _json(title, findings)
    if style == "markdown":
        return _markdown(title, findings)
    if style == "html":
        return _html(title, findings)
    if style == "github":
        return _github(findings) or f"::notice::{message(title)}"
    return "\n".join([*(f"{f.detail}\n" for f in findings), title])


def print_report(title: str, findings: Sequence[Finding], style: str, *, err: bool = False) -> None:
    """Print the findings: text in colours where one looks at it, and of a quiet command nothing else."""
    if style != "text":
        click.echo(report(title, findings, style), err=err)
    elif not is_quiet():
        say(report(title, findings, style), paint_findings, err=err)
    elif findings:
        say("\n\n".join(found.detail for found in findings), paint_findings, err=err)
