"""The examples of rules as specs: what their pages show is what their tests run."""

from __future__ import annotations

import tempfile
from pathlib import Path

from opspec.diagnostics import Diagnostics
from opspec.diff.rule import Example
from opspec.diff.sides import ProjectSide
from opspec.model.dialect import Dialect
from opspec.spec.load import load_dialect

__all__ = ["example_dialects", "sides_of"]

_FACTS = "schema: opspec/dialect/1\n"
_OVERLAY = "schema: opspec/overlay/1\ndialect: toy\n"


def _text(example: str) -> str:
    """The whole `dialect.yaml` for the text of an example."""
    body = "" if example == "{}" else example
    return _FACTS + (body if body.startswith("dialect:") else f"dialect: toy\n{body}")


def example_dialects(facts: str, overlay: str) -> tuple[Dialect, ...]:
    """The dialects of one side of an example; raises `SpecError` where it is not right."""
    diagnostics = Diagnostics()
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for index, text in enumerate(facts.split("\n---\n")):
            path = Path(folder) / str(index) / "dialect.yaml"
            path.parent.mkdir()
            path.write_text(_text(text), encoding="utf-8")
            if overlay:
                path.with_name("overlay.yaml").write_text(_OVERLAY + overlay, encoding="utf-8")
            dialect = load_dialect(path, diagnostics)
            assert dialect is not None or diagnostics.found
            if dialect is not None:
                found.append(dialect)
    diagnostics.raise_if_any()
    return tuple(found)


def sides_of(example: Example) -> tuple[ProjectSide, ProjectSide]:
    """Both sides of an example."""
    return _side(example.old, example.old_overlay), _side(example.new, example.new_overlay)


def _side(facts: str, overlay: str) -> ProjectSide:
    key, _, value = facts.partition(": ")
    if key == "package":
        return ProjectSide((), "mnemonic", value)
    if key == "naming":
        return ProjectSide((), value)
    return ProjectSide(example_dialects(facts, overlay), "mnemonic")
