"""Old names whose time has come: what a spec said would go by now."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime, timezone

from opspec.diagnostics import Diagnostics, ToolError
from opspec.model.dialect import Dialect
from opspec.model.names import Names, OldName
from opspec.model.parts import with_all_parts

__all__ = ["current_day", "is_due", "report_due"]


def is_due(until: str, version: str, today: date) -> bool:
    """Whether a version or date has come. A version does not come where the project gives none of its own."""
    if not until:
        return False
    if "-" in until:
        return until <= today.isoformat()
    return bool(version) and _numbers(version) >= _numbers(until)


def _numbers(version: str) -> tuple[int, ...]:
    """The parts of a version; trailing zeros say nothing (`1.0` is `1`)."""
    numbers = [int(part) for part in version.split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _names(dialect: Dialect) -> Iterator[tuple[str, Names]]:
    """Everything that may have had other names, in words."""
    for enum in dialect.enums:
        yield f"the enum '{enum.name}'", enum.names
        for case in enum.cases:
            yield f"the case '{case.symbol}' of '{enum.name}'", case.names
    for definition in dialect.definitions:
        yield f"'{definition.mnemonic}'", definition.names
        for parameter in definition.parameters:
            yield f"the parameter '{parameter.name}' of '{definition.mnemonic}'", parameter.names
    for operation in dialect.operations:
        yield f"'{operation.mnemonic}'", operation.names
        for part in (*operation.arguments, *operation.results, *operation.regions, *operation.successors):
            yield f"'{part.name}' of '{operation.mnemonic}'", part.names


def _reported(owner: str, old: OldName, diagnostics: Diagnostics) -> None:
    when = f"on {old.until}" if "-" in old.until else f"in {old.until}"
    message = f"the old name '{old.text}' of {owner} was to go {when}"
    hint = "take it out of `renamed_from`, or give it more time"
    diagnostics.report("rename-due", message, old.location, hint)


def report_due(dialect: Dialect, version: str, today: date, diagnostics: Diagnostics) -> None:
    """Report every old name of a dialect that was to be gone by this version of the package, or by this day."""
    for owner, names in _names(with_all_parts(dialect)):
        for old in names.old:
            if is_due(old.until, version, today):
                _reported(owner, old, diagnostics)


def current_day() -> date:
    """The day by which `until` is measured; `SOURCE_DATE_EPOCH` sets it, as it does for reproducible builds."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given.isdecimal():
        return date.today()
    try:
        return datetime.fromtimestamp(int(given), timezone.utc).date()
    except (ValueError, OverflowError, OSError) as error:
        raise ToolError(f"SOURCE_DATE_EPOCH is {given[:40]}, expected the seconds since 1970") from error
