"""YAML with positions: every value knows where it stands.

PyYAML's C loader composes the tree; this module turns it into frozen nodes and reports what a plain load would
hide: duplicate keys, aliases, tags.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, TypeVar

import yaml

from opspec.diagnostics import Diagnostics, Location, Note, ToolError
from opspec.notation import NotationError

__all__ = [
    "ListNode",
    "MapNode",
    "Node",
    "ScalarNode",
    "entries",
    "items",
    "parse_node",
    "plain",
    "raw_text_of",
    "read_yaml",
    "text_of",
]

_T = TypeVar("_T")

_Scalar: TypeAlias = "str | int | float | bool | None"


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A scalar: its value as YAML reads it, and its text as written.

    `is_plain` says that the text stands unquoted on one line; `is_reported` that it stands for something wrong which
    has its diagnostic already.
    """

    value: _Scalar
    text: str
    location: Location
    is_plain: bool = True
    is_reported: bool = False


@dataclass(frozen=True, slots=True)
class ListNode:
    """A sequence of nodes."""

    items: tuple[Node, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class MapNode:
    """A mapping. Keys are always text: an operation may be called `yes` or `null`."""

    entries: tuple[tuple[ScalarNode, Node], ...]
    location: Location

    def get(self, key: str) -> Node | None:
        """The value under `key`, or None."""
        return next((value for name, value in self.entries if name.text == key), None)

    def key(self, key: str) -> ScalarNode | None:
        """The node of the key itself, or None."""
        return next((name for name, _ in self.entries if name.text == key), None)


Node: TypeAlias = ScalarNode | ListNode | MapNode

_DEEPEST = 50

_EXPECTED_TAGS = ("str", "int", "float", "bool", "null", "seq", "map", "timestamp", "value", "merge")


class _Reader:
    """Turns composed YAML into nodes, reporting as it goes."""

    def __init__(self, path: str, loader: yaml.CSafeLoader, diagnostics: Diagnostics) -> None:
        self._path = path
        self._loader = loader
        self._diagnostics = diagnostics

    def _location(self, node: yaml.Node) -> Location:
        mark = node.start_mark
        return Location(self._path, mark.line + 1, mark.column + 1)

    def read(self, node: yaml.Node) -> Node:
        location = self._location(node)
        if node.tag.removeprefix("tag:yaml.org,2002:") not in _EXPECTED_TAGS:
            self._diagnostics.report("yaml-tag", f"the tag '{node.tag}' is not allowed in a spec", location)
            return ScalarNode(None, "", location, is_reported=True)
        if isinstance(node, yaml.MappingNode):
            return MapNode(tuple(self._entries(node)), location)
        if isinstance(node, yaml.SequenceNode):
            return ListNode(tuple(self.read(item) for item in node.value), location)
        assert isinstance(node, yaml.ScalarNode)
        return self._scalar(node, location)

    def _scalar(self, node: yaml.ScalarNode, location: Location) -> ScalarNode:
        text = str(node.value)
        value: _Scalar = text
        if node.tag.rpartition(":")[2] in ("int", "float", "bool", "null"):
            try:
                value = self._loader.construct_object(node)
            except (ValueError, yaml.YAMLError):
                value = text
        is_plain = not node.style and "\n" not in text and node.start_mark.line == node.end_mark.line
        return ScalarNode(value, text, location, is_plain)

    def _entries(self, node: yaml.MappingNode) -> Iterator[tuple[ScalarNode, Node]]:
        first: dict[str, Location] = {}
        for key_node, value_node in node.value:
            location = self._location(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self._diagnostics.report("yaml-key", "a key must be text, found a collection", location)
                continue
            key = ScalarNode(key_node.value, key_node.value, location)
            if key.text in first:
                self._diagnostics.report(
                    "duplicate-key",
                    f"the key '{key.text}' is given twice",
                    location,
                    "keep one of the two",
                    [Note("first given here", first[key.text])],
                )
                continue
            first[key.text] = location
            yield key, self.read(value_node)


def _is_composable(text: str, shown: str, diagnostics: Diagnostics) -> bool:
    """Whether the events of a text can become a tree: nested within reason, and without aliases."""
    depth = 0
    anchors: dict[str, Location] = {}
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        mark = event.start_mark
        location = Location(shown, mark.line + 1, mark.column + 1) if mark is not None else Location(shown)
        anchor = getattr(event, "anchor", None)
        if isinstance(event, yaml.AliasEvent):
            where = anchors.get(str(anchor), location)
            message = "an alias (`*name`) is not allowed in a spec"
            diagnostics.report("yaml-alias", message, where, "write the value out")
            return False
        if anchor is not None:
            anchors[str(anchor)] = location
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            diagnostics.report("yaml-syntax", f"the YAML is nested more than {_DEEPEST} deep", location)
            return False
    return True


def read_yaml(path: Path, diagnostics: Diagnostics, shown_path: str | None = None) -> MapNode | None:
    """The document in `path`; None, with a diagnostic, where it is not a YAML mapping.

    `shown_path` is the path that diagnostics name. Raises `ToolError` where the file cannot be read.
    """
    shown = shown_path or str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ToolError(f"cannot read {shown}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        diagnostics.report("yaml-syntax", f"the file is not UTF-8 text: {error.reason}", Location(shown))
        return None
    try:
        if not _is_composable(text, shown, diagnostics):
            return None
        loader = yaml.CSafeLoader(text)
        try:
            composed = loader.get_single_node()
            if composed is None:
                diagnostics.report("yaml-syntax", "the file is empty, expected a mapping", Location(shown))
                return None
            node = _Reader(shown, loader, diagnostics).read(composed)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Location(shown, mark.line + 1, mark.column + 1) if mark else Location(shown)
        diagnostics.report("yaml-syntax", f"not valid YAML: {error.problem or error.context}", where)
        return None
    except yaml.YAMLError as error:
        message = str(error).splitlines()[0]
        diagnostics.report("yaml-syntax", f"not valid YAML: {message}", Location(shown))
        return None
    if isinstance(node, MapNode):
        return node
    diagnostics.report("yaml-syntax", "found no mapping, expected one at the top of the file", node.location)
    return None


def plain(node: Node) -> object:
    """The value without positions, as JSON Schema reads it."""
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


def entries(node: Node | None, key: str) -> Iterator[tuple[ScalarNode, Node]]:
    """The entries of the mapping under `key`; nothing where there is none."""
    inner = node.get(key) if isinstance(node, MapNode) else None
    if isinstance(inner, MapNode):
        yield from inner.entries


def items(node: Node | None, key: str) -> Iterator[ScalarNode]:
    """The scalars of the list under `key`; nothing where there is none."""
    inner = node.get(key) if isinstance(node, MapNode) else None
    if isinstance(inner, ListNode):
        yield from (item for item in inner.items if isinstance(item, ScalarNode))


def raw_text_of(node: Node | None, key: str) -> str:
    """The text under `key` with the spaces around it; empty where there is none."""
    inner = node.get(key) if isinstance(node, MapNode) else None
    return inner.text if isinstance(inner, ScalarNode) and inner.value is not None else ""


def text_of(node: Node | None, key: str) -> str:
    """The text under `key`; empty where there is none."""
    return raw_text_of(node, key).strip()


def parse_node(node: Node, parse: Callable[[str], _T], fallback: _T, diagnostics: Diagnostics) -> _T:
    """What the notation in a scalar says; `fallback`, with a diagnostic, where it is not of the notation."""
    if not isinstance(node, ScalarNode) or not isinstance(node.value, str):
        return fallback  # the schema's check says what is wrong
    try:
        return parse(node.text)
    except NotationError as error:
        where = node.location.shifted(error.offset) if node.is_plain else node.location
        diagnostics.report("notation", f"{error.message}, in '{node.text}'", where, error.hint)
        return fallback
