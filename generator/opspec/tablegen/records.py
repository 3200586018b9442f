"""Typed access to the records of `llvm-tblgen --dump-json`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from opspec.diagnostics import Location, ToolError

__all__ = ["Record", "Records", "checked_dump", "load_records"]


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """One TableGen record. Missing fields read as empty: a culled dump drops prose and C++ bodies."""

    name: str
    fields: Mapping[str, Any]
    records: Records

    @property
    def is_anonymous(self) -> bool:
        """Whether the name is a number that changes from run to run."""
        return bool(self.fields.get("!anonymous"))

    @property
    def classes(self) -> tuple[str, ...]:
        """The superclasses, from the most general to the most derived."""
        return tuple(self.fields["!superclasses"])

    def isa(self, *names: str) -> bool:
        """Whether the record derives from one of these classes."""
        return any(name in self.fields["!superclasses"] for name in names)

    @property
    def stable_name(self) -> str:
        """The record's name, or its most derived class where it has none."""
        if not self.is_anonymous:
            return self.name
        return self.classes[-1] if self.classes else "anonymous"

    @property
    def location(self) -> Location:
        """Where the record is defined, as far as the dump says it."""
        places = self.fields.get("!locs")
        written = str(places[0]) if isinstance(places, list) and places else ""
        path, _, line = written.rpartition(":")
        if not path or not line.isdecimal():
            return Location(written or "<records>")
        return Location(self.records.path_of(path), int(line))

    def text(self, key: str) -> str:
        """A string field; empty where it is unset."""
        value = self.fields.get(key)
        return value.strip() if isinstance(value, str) else ""

    def raw_text(self, key: str) -> str:
        """A string field with the spaces around it; empty where it is unset."""
        value = self.fields.get(key)
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> int:
        """An integer field; 0 where it is unset."""
        value = self.fields.get(key)
        return value if isinstance(value, int) else 0

    def has(self, key: str) -> bool:
        """Whether the field is set."""
        return self.fields.get(key) is not None

    def record(self, key: str) -> Record | None:
        """A field that refers to a record."""
        return self.records.resolve(self.fields.get(key))

    def list(self, key: str) -> tuple[Record, ...]:
        """A field that lists records."""
        items = self.fields.get(key) or []
        found = (self.records.resolve(item) for item in items)
        return tuple(record for record in found if record is not None)

    def texts(self, key: str) -> tuple[str, ...]:
        """A field that lists strings."""
        return tuple(item for item in self.fields.get(key) or [] if isinstance(item, str))

    def dag(self, key: str) -> tuple[tuple[Record | str, str | None], ...]:
        """A DAG field as pairs of value (a record, or a C++ type as text) and name."""
        dag = self.fields.get(key)
        arguments = dag.get("args", []) if isinstance(dag, dict) else []
        return tuple((self.records.resolve(value) or str(value), name) for value, name in arguments)


class Records:
    """All records of one dump; `folder` is that of the .td file it was made of, where that is known."""

    def __init__(self, dump: Mapping[str, Any], folder: Path | None = None) -> None:
        self._dump = dump
        self._folder = folder
        self._made: dict[str, Record] = {}

    def path_of(self, name: str) -> str:
        """The path of a file, which a dump has only the name of; the name where the file is elsewhere."""
        if self._folder is not None and (self._folder / name).is_file():
            return str(self._folder / name)
        return name

    def get(self, name: str) -> Record | None:
        """The record of that name."""
        fields = self._dump.get(name)
        if not isinstance(fields, dict) or "!superclasses" not in fields:
            return None
        if name not in self._made:
            self._made[name] = Record(name, fields, self)
        return self._made[name]

    def resolve(self, value: object) -> Record | None:
        """The record that a JSON value refers to; None where it is no reference."""
        if isinstance(value, dict) and value.get("kind") == "def":
            return self.get(str(value["def"]))
        return None

    def of_class(self, name: str) -> Iterator[Record]:
        """Every record that derives from the class, in the order of the dump."""
        for record_name in cast("dict[str, list[str]]", self._dump["!instanceof"]).get(name, []):
            record = self.get(record_name)
            if record is not None:
                yield record


def checked_dump(dump: object) -> Mapping[str, Any]:
    """The dump, if it has the shape of one; raises `ValueError`."""
    if not isinstance(dump, dict) or not isinstance(dump.get("!instanceof"), dict):
        raise ValueError("it has no '!instanceof'")
    return dump


def load_records(path: Path) -> Records:
    """The records in a JSON dump. Raises `ToolError` where the file is not one."""
    try:
        dump = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ToolError(f"cannot read {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise ToolError(f"{path} is not JSON: {error}") from error
    try:
        return Records(checked_dump(dump))
    except ValueError as error:
        raise ToolError(f"{path} is not the output of llvm-tblgen --dump-json: {error}") from error
