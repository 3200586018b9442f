"""YAML files to nodes: nothing that a plain load would hide or guess at gets through.

Duplicate keys, aliases, tags, and numbers that YAML's versions read differently are reported. The events of PyYAML's C
parser become frozen nodes in one pass, so that time and memory grow with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from opspec.diagnostics import Diagnostics, Location, Note, ToolError
from opspec.disk.files import refuse_pipe
from opspec.spec.nodes import ListNode, MapNode, Node, Scalar, ScalarNode
from opspec.spec.scalars import WORDS_OF_TAGS, ScalarError, implicit_value, tagged_value
from opspec.watching import tell

__all__ = ["read_yaml"]

_DEEPEST = 50
_LARGEST = 64 * 2**20
_PREFIX = "tag:yaml.org,2002:"
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _StopError(Exception):
    """The rest of the file is not worth reading; why is reported."""


@dataclass(slots=True)
class _Open:
    """A collection whose end was not seen yet; `key` is the key in a mapping whose value comes next."""

    location: Location
    is_mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: list[tuple[ScalarNode, Node]] = field(default_factory=list)
    first: dict[str, Location] = field(default_factory=dict)
    key: ScalarNode | None = None
    wants_value: bool = False

    def node(self) -> Node:
        """The collection as it is read."""
        if self.is_mapping:
            return MapNode(tuple(self.entries), self.location)
        return ListNode(tuple(self.items), self.location)


class _Reader:
    """Builds the tree of one document from events, reporting as it goes."""

    def __init__(self, path: str, diagnostics: Diagnostics) -> None:
        self._path = path
        self._diagnostics = diagnostics
        self._open: list[_Open] = []
        self._anchors: dict[str, Location] = {}
        self._documents = 0
        self.root: Node | None = None

    def _location(self, event: yaml.Event) -> Location:
        mark = event.start_mark
        return Location(self._path, mark.line + 1, mark.column + 1) if mark is not None else Location(self._path)

    def _report(self, code: str, message: str, where: Location, hint: str = "") -> None:
        self._diagnostics.report(code, message, where, hint)

    def read(self, events: Iterator[yaml.Event]) -> None:
        """Read all events; raises `_StopError` where it makes no sense to go on."""
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                self._node_event(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._add(self._open.pop().node())
            elif isinstance(event, yaml.DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    message = "not valid YAML: found another document, expected one"
                    self._report("yaml-syntax", message, self._location(event))
                    raise _StopError

    def _node_event(self, event: yaml.NodeEvent) -> None:
        location = self._location(event)
        if isinstance(event, yaml.AliasEvent):
            where = self._anchors.get(str(event.anchor), location)
            self._report("yaml-alias", "an alias (`*name`) is not allowed in a spec", where, "write the value out")
            raise _StopError
        if event.anchor is not None:
            self._anchors[event.anchor] = location
        if isinstance(event, yaml.ScalarEvent):
            self._add(self._scalar(event, location))
            return
        assert isinstance(event, yaml.CollectionStartEvent)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        if event.tag not in (None, "!", _PREFIX + ("map" if is_mapping else "seq")):
            self._report("yaml-tag", f"the tag '{event.tag}' is not allowed in a spec", location)
        self._open.append(_Open(location, is_mapping))
        if len(self._open) > _DEEPEST:
            self._report("yaml-syntax", f"the YAML is nested more than {_DEEPEST} deep", location)
            raise _StopError

    def _scalar(self, event: yaml.ScalarEvent, location: Location) -> ScalarNode:
        """A scalar; of a key only the text counts."""
        text = str(event.value)
        is_key = bool(self._open) and self._open[-1].is_mapping and not self._open[-1].wants_value
        start, end = event.start_mark, event.end_mark
        is_on_one_line = start is not None and end is not None and start.line == end.line
        is_plain = not event.style and "\n" not in text and is_on_one_line
        word = (event.tag or "").removeprefix(_PREFIX)
        if event.tag not in (None, "!") and (word not in WORDS_OF_TAGS or not event.tag.startswith(_PREFIX)):
            self._report("yaml-tag", f"the tag '{event.tag}' is not allowed in a spec", location)
            return ScalarNode(None, "", location, is_reported=True)
        try:
            value: Scalar = text
            if event.tag not in (None, "!"):
                value = tagged_value(word, text)
            elif event.implicit[0] and not is_key:
                value = implicit_value(text)
        except ScalarError as error:
            self._report(error.code, str(error), location, error.hint)
            return ScalarNode(None, text, location, is_reported=True)
        return ScalarNode(text if is_key else value, text, location, is_plain)

    def _add(self, node: Node) -> None:
        """Put a node where it belongs: into the collection that is open, as key or as value, or at the top."""
        if not self._open:
            self.root = node
            return
        around = self._open[-1]
        if not around.is_mapping:
            around.items.append(node)
        elif not around.wants_value:
            around.key, around.wants_value = self._key(around, node), True
        else:
            if around.key is not None:
                around.entries.append((around.key, node))
            around.wants_value = False

    def _key(self, around: _Open, node: Node) -> ScalarNode | None:
        """A key; None, with a diagnostic, where it cannot be one."""
        if not isinstance(node, ScalarNode):
            self._report("yaml-key", "a key must be text, found a collection", node.location)
            return None
        if node.is_reported:
            return None
        first = around.first.setdefault(node.text, node.location)
        if first is node.location:
            return node
        notes = [Note("first given here", first)]
        message = f"the key '{node.text}' is given twice"
        self._diagnostics.report("duplicate-key", message, node.location, "keep one of the two", notes)
        return None


def _text_of(path: Path, shown: str, diagnostics: Diagnostics) -> str | None:
    """The text of a file; None, with a diagnostic, where it is too large or no text."""
    try:
        refuse_pipe(path, shown)
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            message = f"the file is larger than {_LARGEST // 2**20} MiB"
            diagnostics.report("yaml-syntax", message, Location(shown), "split the dialect into several")
            return None
        return content.decode("utf-8")
    except OSError as error:
        raise ToolError(f"cannot read {shown}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        diagnostics.report("yaml-syntax", f"the file is not UTF-8 text: {error.reason}", Location(shown))
        return None


def _problem(error: yaml.YAMLError, text: str, shown: str) -> tuple[str, Location]:
    """What is wrong with the YAML, and where."""
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        where = Location(shown, mark.line + 1, mark.column + 1) if mark else Location(shown)
        return str(error.problem or error.context), where
    found = _CONTROL.search(text)
    if found is not None:
        before = text[: found.start()]
        line, column = before.count("\n") + 1, found.start() - (before.rfind("\n") + 1) + 1
        return f"the character U+{ord(found[0]):04X} is not allowed", Location(shown, line, column)
    return str(error).splitlines()[0], Location(shown)


def read_yaml(path: Path, diagnostics: Diagnostics, shown_path: str | None = None) -> MapNode | None:
    """The document in `path`; None, with a diagnostic, where it is not a YAML mapping.

    `shown_path` is the path that diagnostics name. Raises `ToolError` where the file cannot be read.
    """
    shown = shown_path or str(path)
    text = _text_of(path, shown, diagnostics)
    if text is None:
        return None
    tell("read", path)
    reader = _Reader(shown, diagnostics)
    try:
        reader.read(yaml.parse(text, Loader=yaml.CSafeLoader))
    except _StopError:
        return None
    except yaml.YAMLError as error:
        problem, where = _problem(error, text, shown)
        diagnostics.report("yaml-syntax", f"not valid YAML: {problem}", where)
        return None
    root = reader.root
    if isinstance(root, MapNode):
        return root
    if root is None:
        diagnostics.report("yaml-syntax", "the file is empty, expected a mapping", Location(shown))
        return None
    diagnostics.report("yaml-syntax", "found no mapping, expected one at the top of the file", root.location)
    return None
