"""`releases.yaml` beside a spec: read, and written by `opspec probe --record`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from opspec.diagnostics import Diagnostics
from opspec.model.build import items, text_of
from opspec.model.releases import DialectReleases, Offered, Spelling
from opspec.spec.nodes import ListNode, MapNode, ScalarNode, read_yaml
from opspec.spec.schema import validate

__all__ = ["load_releases", "print_releases"]

_SECTIONS = ("operations", "operation_attributes", "definitions", "cases")
_HEAD = """\
# yaml-language-server: $schema=../../generated/schema/releases.schema.json
# What the releases have of this dialect, found out by `opspec probe --record`. Do not edit.
schema: opspec/releases/1
"""


def _entries(root: MapNode, section: str) -> Iterable[tuple[str, MapNode | ListNode]]:
    node = root.get(section)
    if isinstance(node, MapNode):
        for key, value in node.entries:
            if isinstance(value, (MapNode, ListNode)):
                yield key.text, value


def _offered(root: MapNode, section: str, releases: tuple[str, ...], diagnostics: Diagnostics) -> tuple[Offered, ...]:
    found: list[Offered] = []
    for name, node in _entries(root, section):
        if not isinstance(node, ListNode):
            continue
        named = [item for item in node.items if isinstance(item, ScalarNode)]
        for item in named:
            if item.text not in releases:
                message = f"{section}.{name} names the release '{item.text}', which is not among 'releases'"
                diagnostics.report("unknown-name", message, item.location)
        found.append(Offered(name, tuple(item.text for item in named)))
    return tuple(found)


def _spellings(root: MapNode) -> tuple[Spelling, ...]:
    return tuple(
        Spelling(name, tuple((key.text, value.text) for key, value in node.entries if isinstance(value, ScalarNode)))
        for name, node in _entries(root, "formats")
        if isinstance(node, MapNode)
    )


def load_releases(path: Path, diagnostics: Diagnostics) -> DialectReleases | None:
    """What a `releases.yaml` says; None where there is no such file. Mistakes go to `diagnostics`."""
    if not path.is_file():
        return None
    root = read_yaml(path, diagnostics, path.as_posix())
    if root is None:
        return None
    validate(root, "releases", diagnostics)
    releases = tuple(item.text for item in items(root, "releases"))
    operations, attributes, definitions, cases = (
        _offered(root, section, releases, diagnostics) for section in _SECTIONS
    )
    return DialectReleases(
        text_of(root, "dialect"),
        text_of(root, "distribution"),
        releases,
        operations,
        attributes,
        definitions,
        cases,
        _spellings(root),
        root.location,
    )


def print_releases(found: DialectReleases) -> str:
    """The text of a `releases.yaml`."""
    lines = [
        f"dialect: {found.dialect}",
        f"distribution: {found.distribution}",
        f"releases: [{', '.join(map(json.dumps, found.releases))}]",
    ]
    listed = (found.operations, found.operation_attributes, found.definitions, found.cases)
    for section, offered in zip(_SECTIONS, listed, strict=True):
        if offered:
            lines += [f"{section}:", *(f"  {json.dumps(o.name)}: {json.dumps(list(o.releases))}" for o in offered)]
    if found.spellings:
        lines.append("formats:")
        for spelling in found.spellings:
            lines.append(f"  {json.dumps(spelling.name)}:")
            lines += [f"    {json.dumps(release)}: {json.dumps(text)}" for release, text in spelling.formats]
    return _HEAD + "\n".join(lines) + "\n"
