"""The tree of a YAML file: every value knows where it stands. `spec/reading.py` makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from typing import TypeAlias, TypeVar

from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostics, Location, NotationError
from opspec.model.lookup import ByName

__all__ = [
    "ListNode",
    "MapNode",
    "Node",
    "Scalar",
    "ScalarNode",
    "entries",
    "items",
    "parse_node",
    "plain",
    "raw_text_of",
    "text_of",
]

_T = TypeVar("_T")

Scalar: TypeAlias = "str | int | float | bool | None"
"""What a scalar stands for."""


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A scalar: its value as YAML reads it, and its text as written.

    `is_plain` says that the text stands unquoted on one line; `is_reported` that it stands for something wrong which
    has its diagnostic already.
    """

    value: Scalar
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
    _by_key: ByName[tuple[ScalarNode, Node]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", ByName(self.entries, lambda entry: entry[0].text))

    def get(self, key: str) -> Node | None:
        """The value under `key`, or None."""
        entry = self._by_key.get(key)
        return entry[1] if entry is not None else None

    def key(self, key: str) -> ScalarNode | None:
        """The node of the key itself, or None."""
        entry = self._by_key.get(key)
        return entry[0] if entry is not None else None


_LONGEST = 200
"""The longest text that a message shows."""

Node: TypeAlias = ScalarNode | ListNode | MapNode


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
        shown = node.text if len(node.text) <= _LONGEST else f"{node.text[:_LONGEST]}..."
        diagnostics.report("notation", f"{error.message}, in '{shown}'", where, error.hint)
        return fallback
