"""The dialects of a record dump of TableGen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from opspec.diagnostics import ToolError
from opspec.model.dialect import Dialect
from opspec.model.terminators import find_terminators
from opspec.tablegen.extract import extract
from opspec.tablegen.records import load_records

__all__ = ["dumped_dialects", "with_operations"]


def dumped_dialects(label: str, dialects: Sequence[str]) -> tuple[Dialect, ...]:
    """Those of the dialects that the dump defines. Raises `ToolError` where it has none, or cannot be read."""
    path = Path(label)
    if not path.is_file():
        raise ToolError(f"cannot read {label}: there is no such file")
    records = load_records(path)
    defined = tuple(sorted(record.text("name") for record in records.of_class("Dialect")))
    wanted = [name for name in dialects if name in defined]
    if not wanted:
        asked = ", ".join(dialects) or "a dialect with operations"
        raise ToolError(f"{label} does not define {asked} (it defines: {', '.join(defined) or 'none'})")
    return tuple(find_terminators(extract(records, name)) for name in wanted)


def with_operations(label: str) -> tuple[str, ...]:
    """The dialects that have operations in the dump."""
    records = load_records(Path(label))
    names = set()
    for record in records.of_class("Op"):
        dialect = record.record("opDialect")
        if dialect is not None:
            names.add(dialect.text("name"))
    return tuple(sorted(names))
