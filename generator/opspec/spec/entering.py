"""Entries put into a YAML file that a person wrote: everything else stays as it is, comments too."""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from opspec.dataclass import dataclass

__all__ = ["Entry", "with_entries"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A text at a path of keys, e.g. `open_` at `operations`, `open`, `python`, `name`."""

    path: tuple[str, ...]
    text: str


def with_entries(text: str, entries: Iterable[Entry]) -> str:
    """The text of a YAML mapping with further entries; one that is there gets the new text.

    The file is one that can be read: raises `yaml.YAMLError` where it cannot.
    """
    for entry in entries:
        text = _with_entry(text, entry)
    return text


def _with_entry(text: str, entry: Entry) -> str:
    lines = text if not text or text.endswith("\n") else f"{text}\n"
    root = yaml.compose(lines, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode) or not root.value:
        return lines + _block(entry.path, entry.text, 0)
    node, depth = root, 0
    while True:
        found = next((value for key, value in node.value if key.value == entry.path[depth]), None)
        if found is None:
            return _added(lines, node, entry, depth)
        depth += 1
        if isinstance(found, yaml.MappingNode) and depth < len(entry.path):
            if not found.value:
                return _replaced(lines, found, f"{{{_flow(entry.path[depth:], entry.text)}}}")
            node = found
            continue
        inner = _flow(entry.path[depth:], entry.text)
        return _replaced(lines, found, f"{{{inner}}}" if depth < len(entry.path) else inner)


def _added(text: str, node: yaml.MappingNode, entry: Entry, depth: int) -> str:
    """The text with an entry at the end of a mapping, or at the beginning of one in braces."""
    path = entry.path[depth:]
    if node.flow_style:
        start = node.start_mark.index + 1
        return f"{text[:start]}{_flow(path, entry.text)}, {text[start:]}"
    end = _end(node)
    last = text.rfind("\n", 0, end) + 1 if not text[:end].endswith("\n") else end
    stop = text.find("\n", last) + 1 if last != end else end
    return text[:stop] + _block(path, entry.text, node.start_mark.column) + text[stop:]


def _end(node: yaml.Node) -> int:
    """Where the text of a node ends, without the empty lines and comments that follow it."""
    if isinstance(node, (yaml.MappingNode, yaml.SequenceNode)) and node.value and not node.flow_style:
        last = node.value[-1]
        return max(_end(part) for part in last) if isinstance(last, tuple) else _end(last)
    return int(node.end_mark.index)


def _replaced(text: str, node: yaml.Node, new: str) -> str:
    """The text with another value in place of a scalar, or of an empty mapping."""
    start, end = node.start_mark.index, node.end_mark.index
    return text[:start] + (f" {new}" if start == end else new) + text[end:]


def _block(path: tuple[str, ...], text: str, column: int) -> str:
    """An entry over several lines; the last mapping, which says a name, is on one."""
    lines = [f"{' ' * (column + 2 * index)}{_key(key)}:" for index, key in enumerate(path[:-1])]
    if not lines:
        return f"{' ' * column}{_key(path[-1])}: {_key(text)}\n"
    lines[-1] += f" {{{_flow(path[-1:], text)}}}"
    return "".join(f"{line}\n" for line in lines)


def _flow(path: tuple[str, ...], text: str) -> str:
    """An entry on one line; the text alone where there is no path."""
    shown = _key(text)
    for index, key in enumerate(reversed(path)):
        shown = f"{_key(key)}: {shown if index == 0 else f'{{{shown}}}'}"
    return shown


def _key(text: str) -> str:
    """A text as YAML has it in braces: plain where that is possible."""
    is_word = text.isascii() and text.replace("_", "").replace(".", "").isalnum() and not text[0].isdigit()
    if is_word and yaml.safe_load(text) == text:
        return text
    return "'" + text.replace("'", "''") + "'"
