"""What a shell offers for a word that is half written; whatever goes wrong on the way, it offers nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click

from opspec.diagnostics import Diagnostics, SpecError, ToolError
from opspec.exits import CONFIG
from opspec.spec.bindings import read_bindings
from opspec.spec.nodes import MapNode, text_of
from opspec.spec.reading import read_yaml

__all__ = ["complete_convention", "complete_name"]


def complete_name(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Dialects of the project; behind a dialect and a dot its operations, attributes, types and enums."""
    try:
        return sorted({name for name in _names(_config(context), incomplete) if name.startswith(incomplete)})
    except (OSError, SpecError, ToolError):
        return []


def complete_convention(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The conventions that there are, and the project's own."""
    from opspec.naming.conventions import CONVENTIONS

    names = list(CONVENTIONS)
    with suppress(OSError, SpecError, ToolError):
        names += [convention.name for convention in read_bindings(_config(context))[0].conventions]
    return [name for name in names if name.startswith(incomplete)]


def _config(context: click.Context) -> Path:
    return Path(context.params.get("config") or CONFIG)


def _names(config: Path, incomplete: str) -> Iterator[str]:
    """Names that may begin so; of a file only what the word needs is read."""
    sigil = incomplete[0] if incomplete[:1] in ("#", "!") else ""
    dialect, dot, _ = incomplete[len(sigil) :].partition(".")
    for facts in read_bindings(config)[0].specs:
        name = _dialect_of(facts)
        if not dot:
            yield f"{sigil}{name}" if not sigil else f"{sigil}{name}."
        elif name == dialect:
            yield from _things(facts, name, sigil)


def _dialect_of(facts: Path) -> str:
    """The dialect that a file is about, which its first lines say; else the folder's name."""
    with facts.open(encoding="utf-8", errors="replace") as lines:
        for line, _ in zip(lines, range(20), strict=False):
            key, _, value = line.partition(":")
            if key == "dialect":
                return value.strip().strip("\"'")
    return facts.parent.name


def _things(facts: Path, dialect: str, sigil: str) -> Iterator[str]:
    root = read_yaml(facts, Diagnostics())
    for section, own in (("operations", ""), ("enums", ""), ("attributes", "#"), ("types", "!")):
        found = root.get(section) if root is not None else None
        if not isinstance(found, MapNode) or sigil not in ("", own):
            continue
        for key, value in found.entries:
            place = text_of(value, "dialect") if own and isinstance(value, MapNode) else ""
            yield f"{sigil}{place or dialect}.{key.text}"
