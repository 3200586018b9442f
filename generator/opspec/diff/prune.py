"""An overlay without entries about things that are gone; all else of its text stays as it is."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from opspec.dataclass import dataclass
from opspec.disk.files import write_file
from opspec.spec.references import Missing

__all__ = ["patch_of", "prune"]

_SAMPLE = "the sample"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key with its value, or an item of a list, and the mapping or list that it stands in."""

    start: yaml.Mark
    node: yaml.Node
    parent: yaml.CollectionNode
    above: _Entry | None

    def holds(self, line: int, column: int) -> bool:
        """Whether a place, counted from 0, is in it."""
        end = self.node.end_mark
        return (self.start.line, self.start.column) <= (line, column) < (end.line, end.column)


def prune(path: Path, missing: Iterable[Missing]) -> bool:
    """Take from an overlay what speaks of things that are gone; returns whether anything did.

    Raises `ToolError` where the disk refuses.
    """
    before = path.read_text(encoding="utf-8")
    after = _without(before, [each for each in missing if _is_at(each, path)])
    if after == before:
        return False
    write_file(path, after)
    return True


def patch_of(before: str, after: str, shown: str) -> str:
    """What was taken from an overlay, as a patch; `git apply --reverse` puts it back."""
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{shown}", f"b/{shown}"
    )
    return "".join(lines)


def _is_at(missing: Missing, path: Path) -> bool:
    return os.path.realpath(missing.location.path) == os.path.realpath(path)


def _without(text: str, missing: Iterable[Missing]) -> str:
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    if not isinstance(root, yaml.CollectionNode):
        return text
    entries = list(_entries(root, None))
    gone = {found.start.index: found for each in missing if (found := _of(entries, each)) is not None}
    for entry in reversed(entries):  # what stands in another comes after it
        siblings = [other for other in entries if other.parent is entry.node]
        if siblings and all(other.start.index in gone for other in siblings):
            gone[entry.start.index] = entry
            for other in siblings:
                del gone[other.start.index]
    edits: dict[int, tuple[int, str]] = {}
    for entry in gone.values():
        siblings = [other for other in entries if other.parent is entry.parent]
        if entry.parent.flow_style:
            kept = [other for other in siblings if other.start.index not in gone]
            edits[siblings[0].start.index] = (siblings[-1].node.end_mark.index, _in_a_row(text, siblings, kept))
        else:
            begin, end = _lines_of(text, entry)
            edits[begin] = (end, "")
    for begin in sorted(edits, reverse=True):
        end, rest = edits[begin]
        text = text[:begin] + rest + text[end:]
    return text


def _in_a_row(text: str, siblings: list[_Entry], kept: list[_Entry]) -> str:
    """What stays between the brackets of a list or mapping, with what stands between its parts now."""
    pieces = []
    for entry in kept:
        pieces.append(text[entry.start.index : entry.node.end_mark.index])
        if entry is not kept[-1]:
            after = siblings[siblings.index(entry) + 1]
            pieces.append(text[entry.node.end_mark.index : after.start.index])
    return "".join(pieces)


def _entries(node: yaml.CollectionNode, above: _Entry | None) -> Iterator[_Entry]:
    is_map = isinstance(node, yaml.MappingNode)
    for each in node.value:
        start, value = (each[0].start_mark, each[1]) if is_map else (each.start_mark, each)
        entry = _Entry(start, value, node, above)
        yield entry
        if isinstance(value, yaml.CollectionNode):
            yield from _entries(value, entry)


def _of(entries: Iterable[_Entry], missing: Missing) -> _Entry | None:
    """The least entry that the place is in; of a sample the whole."""
    line, column = missing.location.line - 1, missing.location.column - 1
    holding = [entry for entry in entries if entry.holds(line, column)]
    if missing.where == _SAMPLE:
        at = (line, column)
        holding = [entry for entry in holding if at in (_place(entry.start), _place(entry.node.start_mark))][:1]
    return holding[-1] if holding else None


def _place(mark: yaml.Mark) -> tuple[int, int]:
    return (mark.line, mark.column)


def _lines_of(text: str, entry: _Entry) -> tuple[int, int]:
    """From where to where the lines of an entry go."""
    begin = text.rfind("\n", 0, entry.start.index) + 1
    lines = text[begin:].splitlines(keepends=True)
    count = 1
    for number, line in enumerate(lines[1:], 2):
        if line.strip() and len(line) - len(line.lstrip(" ")) <= entry.start.column:
            break
        count = number if line.strip() else count
    return begin, begin + sum(map(len, lines[:count]))
