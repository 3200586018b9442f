"""Typed access to the records of `llvm-tblgen --dump-json`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from opspec.diagnostics import Location, ToolError
from opspec.disk.files import refuse_pipe
from opspec.watching import tell

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
        items = self.fields.get(key)
        found = (self.records.resolve(item) for item in (items if isinstance(items, list) else ()))
        return tuple(record for record in found if record is not None)

    def texts(self, key: str) -> tuple[str, ...]:
        """A field that lists strings."""
        items = self.fields.get(key)
        return tuple(item for item in (items if isinstance(items, list) else ()) if isinstance(item, str))

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

    def defines(self, name: str) -> bool:
        """Whether there is a record of that name, or one whose name begins with it, as those of a `defm` do."""
        return name in self._dump or any(known.startswith(name) for known in self._dump)

    def get(self, name: str) -> Record | None:
        """The record of that name."""
        if name in self._made:
            return self._made[name]
        fields = self._dump.get(name)
        if not isinstance(fields, dict) or "!superclasses" not in fields:
            return None
        self._made[name] = Record(name, checked_fields(name, fields), self)
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
    for name, records in dump["!instanceof"].items():
        if not _is_texts(records):
            raise ValueError(f"'!instanceof' has no list of names for {name!r}")
    return dump


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def checked_fields(name: str, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields of a record, if they have the shapes that TableGen writes; raises `ToolError`."""
    if not _is_texts(fields["!superclasses"]):
        raise ToolError(f"the record {name!r} has no list of names as '!superclasses'")
    for key, value in fields.items():
        wrong = _wrong(value)
        if wrong:
            raise ToolError(f"the record {name!r} is not as TableGen writes it: {key!r} has {wrong}")
    return fields


def _wrong(value: object) -> str:
    """What a value has that TableGen does not write; empty for nothing."""
    if isinstance(value, list):
        return next(filter(None, map(_wrong, value)), "")
    if not isinstance(value, dict):
        return ""
    if value.get("kind") == "def":
        return "" if isinstance(value.get("def"), str) else "a reference without a name"
    if value.get("kind") != "dag":
        return ""
    arguments = value.get("args")
    if not isinstance(arguments, list):
        return "a dag without arguments"
    for pair in arguments:
        if not (isinstance(pair, list) and len(pair) == 2 and isinstance(pair[1], str | None)):
            return "a dag whose argument is no pair of a value and a name"
        if wrong := _wrong(pair[0]):
            return wrong
    return _wrong(value.get("operator"))


def load_records(path: Path) -> Records:
    """The records in a JSON dump. Raises `ToolError` where the file is not one."""
    try:
        refuse_pipe(path, str(path))
        dump = json.loads(path.read_text(encoding="utf-8"))
        tell("read", path)
    except OSError as error:
        raise ToolError(f"cannot read {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise ToolError(f"{path} is not JSON: {error}") from error
    try:
        return Records(checked_dump(dump))
    except ValueError as error:
        raise ToolError(f"{path} is not the output of llvm-tblgen --dump-json: {error}") from error
