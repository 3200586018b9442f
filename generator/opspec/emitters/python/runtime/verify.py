"""Verification of IR that exists, by the rules that builders check."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from .checking import checks_of
from .complaints import Complaint
from .declarations import existing
from .errors import gone, is_gone, wrong_type
from .host import PACKAGE, ir
from .released import is_released
from .rules import known_rules, rules_of

__all__ = ["Finding", "verify"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with an operation: which part, what it is, what is accepted."""

    operation: str
    parameter: str
    given: str
    accepted: str
    location: str

    def __str__(self) -> str:
        """The finding on a line, in the form of the builders' errors, behind the location."""
        what = Complaint(self.parameter, self.given, self.accepted)
        return f"{self.location}: {self.operation}: {what}"


def verify(target: ir.Module | ir.OpView | ir.Operation) -> tuple[Finding, ...]:
    """Check an operation, and everything inside it, by the rules of this package's dialects.

    MLIR's own verifier checks nothing of operations whose dialect the context does not know.

    Args:
        target: A module or any operation; it stays as it is, and no context need be entered.

    Returns:
        Everything that is wrong, in the order of the IR; empty where all is well. Operations of other dialects are
        passed over, their regions are not.

    Raises:
        TypeError: `target` is not an operation.
    """
    if not isinstance(target, (ir.Module, ir.OpView, ir.Operation)):
        raise wrong_type("verify", "target", target, "a Module or an operation")
    if is_gone(target.operation if isinstance(target, ir.Module) else target):
        raise gone("verify", "target")
    findings: list[Finding] = []
    known: dict[str, bool] = {}
    with target.context:  # the rules make attributes to compare with
        for operation in _walk(target.operation):
            name = operation.name
            dialect = name.partition(".")[0]
            if dialect not in known:
                known[dialect] = _is_ours(dialect)
            if known[dialect]:
                _verify_one(operation, name, dialect, findings)
    return tuple(findings)


def _is_ours(dialect: str) -> bool:
    """Whether this package has rules for the dialect; its module is imported if need be."""
    for module in (dialect, f"{dialect}_"):
        with suppress(ImportError):
            importlib.import_module(f"{PACKAGE}.dialects.{module}")
    return bool(known_rules(dialect))


def _walk(operation: ir.Operation) -> Iterator[ir.Operation]:
    """An operation and everything inside it."""
    pending: list[Any] = [operation]
    while pending:
        current = pending.pop()
        yield current
        inner = [
            view.operation
            for region in current.regions
            for block in region.blocks
            for view in block.operations
        ]
        pending += reversed(inner)


def _verify_one(
    operation: Any, name: str, dialect: str, findings: list[Finding]
) -> None:
    location = str(operation.location)

    def report(complaint: Complaint) -> None:
        found = Finding(
            operation=name,
            parameter=complaint.parameter,
            given=complaint.given,
            accepted=complaint.accepted,
            location=location,
        )
        findings.append(found)

    rules = rules_of(name)
    if rules is None:
        known = [known.partition(".")[2] for known in known_rules(dialect)]
        close = difflib.get_close_matches(name.partition(".")[2], known, n=1)
        hint = f"; did you mean '{dialect}.{close[0]}'?" if close else ""
        report(
            Complaint("the operation", "unknown", f"an operation of {dialect}{hint}")
        )
        return
    if is_released(name, report):
        parts = existing(operation, is_last=_is_last(operation))
        checks_of(rules).verify(parts, report)


def _is_last(operation: Any) -> bool:
    """Whether nothing follows an operation in its block."""
    try:
        behind = list(operation.block.operations)
    except (ValueError, RuntimeError):  # it stands in no block
        return True
    return bool(behind[-1].operation == operation)
