"""Records of TableGen as `llvm-tblgen --dump-json` writes them, made by hand: small, and without that program."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from opspec.tablegen.records import Record, Records

__all__ = ["Dump"]


@dataclass(slots=True)
class Dump:
    """A dump to which records are added; `records` reads it."""

    text: dict[str, Any] = field(default_factory=lambda: {"!instanceof": {}})

    @property
    def records(self) -> Records:
        return Records(self.text)

    def add(self, classes: str, record: str = "", /, **fields: Any) -> dict[str, str]:
        """Add a record of these classes, the most general first, and return a reference to it."""
        name = record or f"anonymous_{len(self.text)}"
        anonymous = name.startswith("anonymous_")
        self.text[name] = {"!superclasses": classes.split(), "!anonymous": anonymous, **fields}
        for each in classes.split():
            self.text["!instanceof"].setdefault(each, []).append(name)
        return {"kind": "def", "def": name}

    def read(self, reference: dict[str, str]) -> Record:
        """The record that a reference means."""
        found = self.records.resolve(reference)
        assert found is not None
        return found

    def condition(self, text: str) -> dict[str, str]:
        """A C++ condition."""
        return self.add("Pred CPred", predExpr=text)

    def joined(self, how: str, *parts: dict[str, str] | str, **fields: str) -> dict[str, str]:
        """`And`, `Or`, `Concat` or `SubstLeaves` of conditions, which may be given as text."""
        children = [self.condition(part) if isinstance(part, str) else part for part in parts]
        return self.add(f"Pred CombinedPred {how}", children=children, **fields)

    def dag(self, *parts: tuple[Any, str | None]) -> dict[str, Any]:
        """A DAG of values with names."""
        return {"kind": "dag", "args": [list(part) for part in parts]}
