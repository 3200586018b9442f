"""The public names of a project, and what another convention would change, as findings."""

from __future__ import annotations

from opspec.diagnostics import Location
from opspec.naming.conventions import CONVENTIONS, convention_named
from opspec.naming.policy import policy_for
from opspec.naming.table import NameLevel, PublicName, compare_names, public_names
from opspec.pipeline import Project, naming_of
from opspec.reports import Finding

__all__ = ["known_conventions", "name_changes", "name_list"]

_LEVELS = {NameLevel.BREAKING: "error", NameLevel.DEPRECATED: "warning", NameLevel.COMPATIBLE: "notice"}


def known_conventions(project: Project) -> tuple[str, ...]:
    """The conventions that can be named: the built-in ones, and the project's own."""
    return (*CONVENTIONS, *(convention.name for convention in project.bindings.conventions))


def _finding(level: str, code: str, message: str, location: Location) -> Finding:
    return Finding(level, code, message, location, "", f"{location}: {level}: {message} [{code}]")


def _described(name: PublicName) -> str:
    further = [*name.aliases, *(f"{old} (old)" for old in name.old)]
    return f"{name.place}: {name.kind.value} {name.name}{', '.join(['', *further])}"


def name_list(project: Project, style: str) -> tuple[str, tuple[Finding, ...]]:
    """Every public name, a line each in text, else a finding each."""
    tables = [(dialect, public_names(dialect, naming_of(project.bindings, dialect))) for dialect, _ in project.dialects]
    count = f"{sum(len(table) for _, table in tables)} names of {len(tables)} dialects"
    if style == "text":
        lines = [f"{dialect.name}: {_described(name)}" for dialect, table in tables for name in table]
        return "\n".join([*lines, count]), ()
    findings = [
        _finding("notice", "name", f"{dialect.name}: {_described(name)}", name.location)
        for dialect, table in tables
        for name in table
    ]
    return count, tuple(findings)


def name_changes(project: Project, against: str) -> tuple[str, tuple[Finding, ...]]:
    """What changes for callers if the bindings were named by the convention `against` until now; it exists."""
    bindings = project.bindings
    assert convention_named(against, bindings.conventions) is not None
    findings: list[Finding] = []
    for dialect, _ in project.dialects:
        before = public_names(dialect, policy_for(dialect, against, bindings.conventions, forced=True))
        now = public_names(dialect, naming_of(bindings, dialect))
        for change in compare_names(before, now):
            message = f"{dialect.name}: {change.message}"
            findings.append(_finding(_LEVELS[change.level], f"name-{change.level.value}", message, change.location))
    breaking = sum(finding.level == "error" for finding in findings)
    changes = f"{len(findings)} name{'s' if len(findings) != 1 else ''} changed"
    return f"{changes}, {breaking} breaking", tuple(findings)
